import { join } from 'node:path';
import { readSeries } from '@retrace/tables';
import { sliceSeries } from '@retrace/windowing';
import type { EvaluationSet } from '../evaluation-set.ts';
import { labelledBetween } from '../labelled-between.ts';

/** Jet engines that run until they fail. */
export const cmapss: EvaluationSet = {
  name: 'cmapss',
  title: 'C-MAPSS FD001, an alert 30 cycles before the failure',
  protocol:
    'Twenty-four sensors of a hundred simulated jet engines from their first flight to their failure (NASA): the first 60 ' +
    'cycles of engines 1 to 50 train, those of 51 to 60 calibrate, engines 61 to 100 test; their last 31 cycles are labelled.',
  labelled: 'rows',
  async read(folder) {
    const path = join(folder, 'cmapss/train_FD001.csv.gz');
    const engines = await readSeries(path, { time: 'cycle', by: 'unit' });
    const youth = (from: number, to: number) =>
      engines
        .filter(({ id }) => Number(id) >= from && Number(id) <= to)
        .map((engine) => sliceSeries(engine, 0, 60));
    const test = engines
      .filter(({ id }) => Number(id) > 60)
      .map((engine) => labelledBetween(engine, [[engine.time.length - 31, Infinity]], 'row'));
    return [{ id: 'engines', train: youth(1, 50), calibration: youth(51, 60), test }];
  },
};
