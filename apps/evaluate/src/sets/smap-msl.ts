import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvaluationSet } from '../evaluation-set.ts';
import { headAndTail } from '../head-and-tail.ts';
import { labelledBetween } from '../labelled-between.ts';
import { readOne } from '../read-one.ts';

/** Channels of the SMAP satellite and the Curiosity rover. */
export const smapMsl: EvaluationSet = {
  name: 'smap-msl',
  title: 'SMAP and MSL',
  protocol:
    'The values of eight telemetry channels (NASA JPL), without the commands that were sent, as Orion has them, each with a ' +
    'detector of its own: of the training table the first 80 % train and the rest calibrates, the test table tests.',
  labelled: 'rows',
  async read(folder) {
    const root = join(folder, 'smap-msl');
    const lines = (await readFile(join(root, 'labeled_anomalies.csv'), 'utf8')).trim().split('\n').slice(1);
    return Promise.all(
      lines.map(async (line) => {
        const [, channel, spans] = /^([^,]+),[^,]+,"(\[\[.*?\]\])"/.exec(line)!;
        const readChannel = (part: string) =>
          readOne(join(root, part, `${channel}.csv.gz`), channel!, { features: ['value'] });
        const [train, calibration] = headAndTail(await readChannel('train'), 0.8);
        const test = await readChannel('test');
        const labelled = labelledBetween(test, JSON.parse(spans!), 'row');
        return { id: channel!, train: [train], calibration: [calibration], test: [labelled] };
      }),
    );
  },
};
