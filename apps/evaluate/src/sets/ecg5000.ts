import { join } from 'node:path';
import { createSeries, type Series } from '@retrace/windowing';
import type { EvaluationSet } from '../evaluation-set.ts';
import { readOne } from '../read-one.ts';

/** Heart beats of one patient, a series each. */
export const ecg5000: EvaluationSet = {
  name: 'ecg5000',
  title: 'ECG5000',
  protocol:
    'Five hundred heart beats of 140 steps (UCR archive), 292 of them normal, in the order of the file: the first 150 normal ' +
    'ones train, the next 50 calibrate, all others test.',
  labelled: 'series',
  quantile: 0.95,
  async read(folder) {
    const table = await readOne(join(folder, 'ecg5000/train500.csv.gz'), 'beats');
    const width = table.features.length;
    const beats = Array.from(table.time, (_, row): { readonly beat: Series; readonly normal: boolean } => {
      const [kind, ...values] = table.values.subarray(row * width, (row + 1) * width);
      const normal = kind === 1;
      const labels = new Uint8Array(values.length).fill(Number(!normal));
      const time = values.map((_, step) => step);
      return { beat: createSeries({ id: `beat ${row}`, features: ['ecg'], time, values, labels }), normal };
    });
    const normal = beats.filter((each) => each.normal).map(({ beat }) => beat);
    const abnormal = beats.filter((each) => !each.normal).map(({ beat }) => beat);
    return [
      {
        id: 'beats',
        train: normal.slice(0, 150),
        calibration: normal.slice(150, 200),
        test: [...normal.slice(200), ...abnormal],
      },
    ];
  },
};
