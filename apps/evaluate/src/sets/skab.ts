import { join } from 'node:path';
import { sliceSeries } from '@retrace/windowing';
import { skabFeatures } from 'testkit';
import type { EvaluationSet } from '../evaluation-set.ts';
import { readOne } from '../read-one.ts';

const files = [
  'valve2/0',
  'valve2/1',
  'valve2/2',
  'valve2/3',
  'other/1',
  'other/2',
  'other/3',
  'other/5',
  'other/9',
];
/** A water loop whose valves are closed and whose pumps are disturbed. */
export const skab: EvaluationSet = {
  name: 'skab',
  title: 'SKAB, valve 2 and other',
  protocol:
    'Eight sensors of a water loop, once a second, in nine experiments (Skoltech Anomaly Benchmark), each with a detector of ' +
    'its own: of its first 400 rows 300 train and 100 calibrate, the others test.',
  labelled: 'rows',
  read: (folder) =>
    Promise.all(
      files.map(async (file) => {
        const path = join(folder, 'skab/data', `${file}.csv`);
        const series = await readOne(path, file, {
          time: 'datetime',
          label: 'anomaly',
          features: skabFeatures,
        });
        const part = (from: number, to: number) => [sliceSeries(series, from, to)];
        return {
          id: file,
          train: part(0, 300),
          calibration: part(300, 400),
          test: part(400, series.time.length),
        };
      }),
    ),
};
