import { basename, join } from 'node:path';
import type { GridSpace, TrialConfig, TrialData } from '@retrace/sweep';
import { readSeries } from '@retrace/tables';
import { type Series, splitByTime } from '@retrace/windowing';
import { type LabelledSpan, nabSpans, skabFeatures } from 'testkit';

/** A real data set with the sweep over it. */
export interface RealSet {
  readonly name: string;
  readonly title: string;
  /** What the rows are, and which of them serve for what. */
  readonly text: string;
  readonly base: TrialConfig;
  readonly space: GridSpace;
  /** Reads the rows out of the folder of real data. */
  read(folder: string): Promise<TrialData>;
}

const fit = {
  epochs: 12,
  optimizer: { kind: 'adam', learningRate: 0.003 },
  earlyStopping: { patience: 3 },
} as const;
const model = { kind: 'reconstruct', units: [8] } as const;

/** The sweeps of the page. */
export const realSets: readonly RealSet[] = [
  {
    name: 'nab',
    title: 'NAB, machine temperature',
    text:
      'The temperature of a large machine, every five minutes for 79 days (`machine_temperature_system_failure` of the ' +
      'Numenta Anomaly Benchmark): the first 60 % train, without the labelled windows, the next 15 % calibrate, the rest tests.',
    base: { windows: { lookback: 12, stride: 6, maxGap: 3_600_000 }, model, fit },
    space: { 'windows.lookback': [12, 24, 48, 96], 'model.units': [[4], [16], [32]] },
    async read(folder) {
      const file = 'realKnownCause/machine_temperature_system_failure.csv';
      const [series] = await readSeries(join(folder, 'nab/data', file), { time: 'timestamp' });
      return splitByTime([withLabels(series!, nabSpans(folder)[file]!)], { train: 0.6, calibration: 0.15 });
    },
  },
  {
    name: 'skab',
    title: 'SKAB, valve 2',
    text:
      'Eight sensors of a water loop, once a second, in four experiments of about 1,100 rows whose valve is closed (Skoltech ' +
      'Anomaly Benchmark, `valve2`): of each the first 26 % train, the next 9 % calibrate, the rest tests.',
    base: { windows: { lookback: 10, stride: 2 }, model, fit },
    space: { 'windows.lookback': [10, 20, 40], 'model.units': [[8], [32], [64]] },
    async read(folder) {
      const files = ['0.csv', '1.csv', '2.csv', '3.csv'];
      const read = async (name: string): Promise<Series> => {
        const path = join(folder, 'skab/data/valve2', name);
        const [series] = await readSeries(path, {
          time: 'datetime',
          label: 'anomaly',
          features: skabFeatures,
        });
        return { ...series!, id: basename(name, '.csv') };
      };
      return splitByTime(await Promise.all(files.map(read)), { train: 0.26, calibration: 0.09 });
    },
  },
];

/** Labels the rows from the first to the last moment of spans. */
function withLabels(series: Series, spans: readonly LabelledSpan[]): Series {
  const labels = Uint8Array.from(series.time, (time) =>
    Number(spans.some(([from, to]) => time >= from && time <= to)),
  );
  return { ...series, labels };
}
