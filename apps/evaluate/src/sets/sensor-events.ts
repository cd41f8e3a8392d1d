import { join } from 'node:path';
import { splitByTime } from '@retrace/windowing';
import type { EvaluationSet } from '../evaluation-set.ts';
import { readOne } from '../read-one.ts';

/** A road sensor with gaps of minutes to days. */
export const sensorEvents: EvaluationSet = {
  name: 'sensor-events',
  title: 'Events of sensor t4013',
  protocol:
    'Speed and occupancy of a road at irregular times, with missing cells and gaps of up to days: the first 30 % train, the next ' +
    '10 % calibrate, the others test. No window crosses a gap of more than half an hour.',
  labelled: 'rows',
  async read(folder) {
    const path = join(folder, 'sensor-events/traffic_events.csv');
    const options = { time: 'timestamp', label: 'label', features: ['feature_1', 'feature_2'] };
    const series = await readOne(path, 't4013', { ...options, onMissing: 'mask' });
    const split = splitByTime([series], { train: 0.3, calibration: 0.1 });
    return [{ id: 't4013', ...split, maxGap: 30 * 60_000 }];
  },
};
