import { join } from 'node:path';
import type { EvaluationSet } from '../evaluation-set.ts';
import { labelledBetween } from '../labelled-between.ts';
import { readOne } from '../read-one.ts';

/** A simulated chemical plant. */
export const tep: EvaluationSet = {
  name: 'tep',
  title: 'Tennessee Eastman, faults 1, 4, 5 and 11',
  protocol:
    'Fifty-two measurements of a simulated chemical plant, every three minutes, one detector: the normal training run trains, ' +
    'the normal test run calibrates, four runs with a fault from row 160 on test.',
  labelled: 'rows',
  async read(folder) {
    const read = (name: string) => readOne(join(folder, 'tep', `${name}.csv.gz`), name);
    const faults = await Promise.all(['d01_test', 'd04_test', 'd05_test', 'd11_test'].map(read));
    return [
      {
        id: 'plant',
        train: [await read('d00_train')],
        calibration: [await read('d00_test')],
        test: faults.map((run) => labelledBetween(run, [[160, Infinity]], 'row')),
      },
    ];
  },
};
