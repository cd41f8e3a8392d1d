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
    'Eight telemetry channels with the commands that were sent (NASA JPL), each with a detector of its own: of the training ' +
    'table the first 80 % train and the rest calibrates, the test table tests.',
  labelled: 'rows',
  quantile: 0.99,
  async read(folder) {
    const root = join(folder, 'smap-msl');
    const lines = (await readFile(join(root, 'labeled_anomalies.csv'), 'utf8')).trim().split('\n').slice(1);
    return Promise.all(
      lines.map(async (line) => {
        const [, channel, spans] = /^([^,]+),[^,]+,"(\[\[.*?\]\])"/.exec(line)!;
        const [train, calibration] = headAndTail(
          await readOne(join(root, 'train', `${channel}.csv.gz`), channel!),
          0.8,
        );
        const test = await readOne(join(root, 'test', `${channel}.csv.gz`), channel!);
        const labelled = labelledBetween(test, JSON.parse(spans!), 'row');
        return { id: channel!, train: [train], calibration: [calibration], test: [labelled] };
      }),
    );
  },
};
