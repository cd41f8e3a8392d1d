import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requirements } from 'testkit';
import { describe, expect, it } from 'vitest';
import { type ReadSeriesOptions, readRows, readSeries } from './index.ts';

const folder = requirements.data.find() ?? '';

async function shape(path: string, options: ReadSeriesOptions = {}) {
  const series = await readSeries(join(folder, path), options);
  const labelled = series.flatMap(({ labels }) => [...(labels ?? [])]).reduce((sum, label) => sum + label, 0);
  const rows = series.reduce((sum, { time }) => sum + time.length, 0);
  return { series: series.length, rows, features: series[0]!.features.length, labelled };
}

describe.skipIf(!folder)('readSeries on real data', () => {
  it('reads all 26 files of NAB', async () => {
    const files = readdirSync(join(folder, 'nab/data'), { recursive: true, encoding: 'utf8' });
    const tables = files.filter((file) => file.endsWith('.csv'));
    expect(tables).toHaveLength(26);
    for (const file of tables) {
      const [series] = await readSeries(join(folder, 'nab/data', file), { time: 'timestamp' });
      expect(series!.features, file).toEqual(['value']);
      expect(series!.time[0], file).toBeGreaterThan(Date.parse('2010-01-01'));
      const rows: number[] = [];
      for await (const { values } of readRows(join(folder, 'nab/data', file), { time: 'timestamp' }))
        rows.push(...values);
      // Some files step back in time, where only readSeries sorts.
      expect(rows.sort(), file).toEqual([...series!.values].sort());
    }
  });

  it.each<[string, ReadSeriesOptions, { rows: number; features: number; labelled?: number }]>([
    [
      'skab/data/valve2/0.csv',
      { time: 'datetime', label: 'anomaly' },
      { rows: 1125, features: 9, labelled: 394 },
    ],
    ['asd/omi-1_train.csv.gz', {}, { rows: 8640, features: 19 }],
    ['asd/omi-1_test.csv.gz', { label: 'label' }, { rows: 4320, features: 19 }],
    ['smd/machine-2-7_test.csv.gz', { label: 'label' }, { rows: 23_696, features: 38 }],
    ['smap-msl/train/P-1.csv.gz', {}, { rows: 2872, features: 25 }],
    ['ims-bearing/2nd_test_resmaple_10minutes.csv', {}, { rows: 984, features: 4 }],
    ['seed-2d-lstm/Sample.csv', { time: 'Time Stamp' }, { rows: 25, features: 2 }],
    ['tep/d00_train.csv.gz', {}, { rows: 500, features: 52 }],
    ['ecg5000/train500.csv.gz', {}, { rows: 500, features: 141 }],
    ['optdigits/optdigits.tes', {}, { rows: 1797, features: 65 }],
    ['smap-msl/test/C-1.csv.gz', {}, { rows: 2264, features: 55 }],
    ['ucr-anomaly/135_UCR_Anomaly_InternalBleeding16_1200_4187_4199.txt', {}, { rows: 7501, features: 1 }],
    [
      'occupancy/datatraining.txt',
      { header: 'shifted', time: 'date', label: 'Occupancy' },
      { rows: 8143, features: 5 },
    ],
  ])('reads %s with %j', async (path, options, expected) => {
    expect(await shape(path, options)).toMatchObject({ series: 1, ...expected });
  });

  it('makes a series of each engine of C-MAPSS', async () => {
    const options = { by: 'unit', time: 'cycle' };
    expect(await shape('cmapss/train_FD001.csv.gz', options)).toMatchObject({
      series: 100,
      rows: 20_631,
      features: 24,
    });
  });

  it('pivots the events of PhysioNet 2012', async () => {
    const roles = { time: 'minute', by: 'RecordID', long: { parameter: 'parameter', value: 'value' } };
    expect(await shape('physionet2012-a/events.csv.gz', roles)).toMatchObject({
      series: 400,
      rows: 29_991,
      features: 37,
    });
    expect(
      await shape('physionet2012-a/events.csv.gz', { ...roles, features: ['HR', 'Temp'] }),
    ).toMatchObject({ series: 394, features: 2 });
  });

  it('refuses the missing cells of sensor-events by row and column, and masks them when asked to', async () => {
    const path = 'sensor-events/traffic_events.csv';
    const roles = { time: 'timestamp', by: 'sensor_id', label: 'label' };
    await expect(shape(path, roles)).rejects.toMatchObject({
      code: 'RETRACE_TABLE_MISSING',
      details: {
        row: 2,
        column: 'feature_1',
        problems: [
          { column: 'feature_1', row: 2, count: 1 },
          { column: 'feature_2', row: 102, count: 6 },
        ],
      },
    });
    expect(await shape(path, { ...roles, onMissing: 'mask' })).toMatchObject({
      series: 1,
      rows: 2500,
      features: 2,
    });
  });

  it('refuses the header of occupancy, which lacks a name, and says so', async () => {
    await expect(shape('occupancy/datatest.txt')).rejects.toMatchObject({
      code: 'RETRACE_TABLE_FIELDS',
      message: expect.stringContaining('one fewer than this row has fields (8)'),
      details: { row: 2 },
    });
  });
});
