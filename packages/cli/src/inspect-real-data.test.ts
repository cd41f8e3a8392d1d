import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { requirements } from 'testkit';
import { describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';

const data = requirements.data.find() ?? '';

/** The files below a folder of the data whose names match. */
function files(folder: string, pattern: RegExp): string[] {
  if (!existsSync(join(data, folder))) return [];
  return readdirSync(join(data, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .map((file) => join(folder, file));
}

interface Found {
  readonly exitCode: number;
  readonly told: {
    readonly rows: number;
    readonly entities: { readonly count: number };
    readonly repeated: number;
    readonly features: readonly { readonly name: string; readonly missing: number }[];
    readonly step?: { readonly low: number; readonly median: number; readonly high: number };
    readonly error?: { readonly code: string; readonly message: string };
    readonly suggested: { readonly maxGap?: { readonly value: number } };
    readonly warnings: readonly string[];
  };
}

async function inspect(path: string, ...flags: string[]): Promise<Found> {
  const { exitCode, stdout } = await runCaptured([
    'inspect',
    join(data, path),
    ...flags,
    '--json',
    '--quiet',
  ]);
  return { exitCode, told: JSON.parse(stdout) };
}

/** Every file of every set, with the flags that it needs. */
const sets: Readonly<
  Record<string, { readonly paths: readonly string[]; readonly flags: readonly string[] }>
> = {
  'seed-2d-lstm': { paths: files('seed-2d-lstm', /\.csv$/), flags: ['--time', 'Time Stamp'] },
  nab: { paths: files('nab/data', /\.csv$/), flags: ['--time', 'timestamp'] },
  skab: { paths: files('skab/data', /\.csv$/), flags: ['--time', 'datetime', '--label', 'anomaly'] },
  ecg5000: { paths: files('ecg5000', /\.csv\.gz$/), flags: [] },
  'smap-msl': { paths: files('smap-msl', /^(train|test).*\.csv\.gz$/), flags: [] },
  'asd, to train on': { paths: files('asd', /_train\.csv\.gz$/), flags: [] },
  'asd, to test on': { paths: files('asd', /_test\.csv\.gz$/), flags: ['--label', 'label'] },
  'smd, to train on': { paths: files('smd', /_train\.csv\.gz$/), flags: [] },
  'smd, to test on': { paths: files('smd', /_test\.csv\.gz$/), flags: ['--label', 'label'] },
  tep: { paths: files('tep', /\.csv\.gz$/), flags: [] },
  cmapss: { paths: files('cmapss', /\.csv\.gz$/), flags: ['--time', 'cycle', '--by', 'unit'] },
  'physionet2012-a, events': {
    paths: files('physionet2012-a', /^events\.csv\.gz$/),
    flags: ['--time', 'minute', '--by', 'RecordID', '--long', 'parameter,value'],
  },
  'physionet2012-a, patients': {
    paths: files('physionet2012-a', /^patients\.csv$/),
    flags: ['--by', 'RecordID'],
  },
  'sensor-events': {
    paths: files('sensor-events', /\.csv$/),
    flags: ['--time', 'timestamp', '--by', 'sensor_id', '--label', 'label'],
  },
  optdigits: { paths: files('optdigits', /\.tes$/), flags: ['--header', 'no'] },
  occupancy: {
    paths: files('occupancy', /\.txt$/),
    flags: ['--header', 'shifted', '--time', 'date', '--label', 'Occupancy'],
  },
  'ims-bearing': { paths: files('ims-bearing', /\.csv$/), flags: [] },
  'ucr-anomaly': { paths: files('ucr-anomaly', /\.txt$/), flags: ['--header', 'no'] },
};

describe.skipIf(!data)('retrace inspect, on real data', () => {
  it.each(Object.entries(sets))('reads all of %s', async (_, { paths, flags }) => {
    expect(paths.length).toBeGreaterThan(0);
    for (const path of paths) {
      const { exitCode, told } = await inspect(path, ...flags);
      expect([path, exitCode, told.error?.message]).toEqual([path, 0, undefined]);
      expect(told.rows, path).toBeGreaterThan(0);
    }
  });

  it('says of occupancy that its header has one name too few', async () => {
    const { exitCode, told } = await inspect('occupancy/datatest.txt');
    expect(exitCode).toBe(2);
    expect(told.error).toMatchObject({ code: 'RETRACE_TABLE_FIELDS' });
    expect(told.error?.message).toMatch(/one fewer than this row has fields \(8\).*`--header shifted`/);
  });

  it('counts the repeated times of the seed, and of NAB', async () => {
    expect((await inspect('seed-2d-lstm/Sample.csv', '--time', 'Time Stamp')).told.repeated).toBe(18);
    const repeated = await Promise.all(
      sets.nab!.paths.map(async (path) => (await inspect(path, '--time', 'timestamp')).told.repeated),
    );
    expect(repeated.filter((count) => count > 0).length).toBeGreaterThan(0);
  });

  it('finds the gaps of a second in SKAB, and the irregular ones of sensor-events', async () => {
    const skab = await inspect('skab/data/valve2/0.csv', '--time', 'datetime', '--label', 'anomaly');
    expect(skab.told.step).toEqual({ low: 1000, median: 1000, high: 2000 });
    const { told } = await inspect(
      'sensor-events/traffic_events.csv',
      '--time',
      'timestamp',
      '--by',
      'sensor_id',
      '--label',
      'label',
    );
    expect(told.step).toEqual({ low: 300_000, median: 300_000, high: 900_000 });
    expect(told.suggested.maxGap?.value).toBe(2_700_000);
    expect(told.features.map(({ missing }) => missing)).toEqual([1, 6]);
  });

  it('counts the engines of C-MAPSS, and warns of times and labels that nobody named', async () => {
    const engines = await inspect('cmapss/train_FD001.csv.gz', '--time', 'cycle', '--by', 'unit');
    expect(engines.told).toMatchObject({ rows: 20_631, entities: { count: 100 } });
    const seed = await inspect('seed-2d-lstm/Sample.csv');
    expect(seed.told.warnings.join()).toContain('looks like times');
  });
});
