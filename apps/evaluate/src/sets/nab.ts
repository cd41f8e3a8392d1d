import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sliceSeries } from '@retrace/windowing';
import { nabSpans } from 'testkit';
import type { EvaluationSet, Task } from '../evaluation-set.ts';
import { labelledBetween } from '../labelled-between.ts';
import { readOne } from '../read-one.ts';

/** Of a file, the rows on which NAB measures nothing. */
const PROBATION = 0.15;

async function readFamily(folder: string, family: string): Promise<readonly Task[]> {
  const root = join(folder, 'nab');
  const spans = nabSpans(folder);
  const names = (await readdir(join(root, 'data', family))).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = `${family}/${name}`;
      const series = await readOne(join(root, 'data', file), name.replace('.csv', ''), { time: 'timestamp' });
      const labelled = labelledBetween(series, spans[file]!, 'time');
      const rows = labelled.time.length;
      const probation = Math.round(PROBATION * rows);
      const cut = Math.round(0.7 * probation);
      const part = (from: number, to: number) => [sliceSeries(labelled, from, to)];
      return {
        id: labelled.id,
        train: part(0, cut),
        calibration: part(cut, probation),
        test: part(probation, rows),
      };
    }),
  );
}

const families = [
  ['known-cause', 'realKnownCause', 'known cause: servers, machines, taxis'],
  ['ad-exchange', 'realAdExchange', 'prices of an exchange of advertisements'],
  ['artificial', 'artificialWithAnomaly', 'artificial daily patterns'],
  ['traffic', 'realTraffic', 'speed and occupancy of a road, sensor t4013'],
] as const;

/** The families of the Numenta Anomaly Benchmark. */
export const nabFamilies: readonly EvaluationSet[] = families.map(([name, family, what]) => ({
  name: `nab-${name}`,
  title: `NAB, ${what}`,
  protocol:
    `One number every five minutes or so (Numenta Anomaly Benchmark, \`${family}\`), each file with a detector of its own: of its ` +
    'first 15 %, which the benchmark leaves out, 70 % train and the rest calibrates, the others test. Events are its windows.',
  labelled: 'rows',
  read: (folder) => readFamily(folder, family),
}));
