import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { requirements, skabFeatures } from 'testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { methods } from '../fixtures/methods.ts';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const data = requirements.data.find() ?? '';
const folder = scratchFolder();
afterAll(() => folder.remove());

/** Small and short, for these tests ask whether real tables pass, not how well a large model does. */
const small = ['--units', '8', '--epochs', '2', '--stride', '8', '--learning-rate', '0.01'];

interface LabelledFile {
  readonly path: string;
  /** The intervals known to be anomalous, as text that sorts as the times of the file. */
  readonly windows: readonly (readonly [from: string, to: string])[];
}

function nabFiles(): LabelledFile[] {
  const root = join(data, 'nab');
  const labels: Record<string, [string, string][]> = JSON.parse(
    readFileSync(join(root, 'labels/combined_windows.json'), 'utf8'),
  );
  const files = readdirSync(join(root, 'data'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.csv'))
    .map((file) => ({ path: join(root, 'data', file), windows: labels[file]! }));
}

/** Writes a NAB file with its labels as a third column, as the command line takes them. */
function withLabels({ path, windows }: LabelledFile): string {
  const [header, ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const labelled = lines.map((line) => {
    const time = line.slice(0, 19);
    return `${line},${Number(windows.some(([from, to]) => time >= from.slice(0, 19) && time <= to.slice(0, 19)))}`;
  });
  return folder.write(basename(path), [`${header},label`, ...labelled].join('\n'));
}

async function trainAndDetect(
  tables: { readonly train: string; readonly detect: string },
  roles: readonly string[],
  flags: readonly string[] = small,
) {
  const detector = join(folder.path, 'detector.retrace');
  const trained = await runCaptured([
    'train',
    tables.train,
    ...roles,
    ...flags,
    '--force',
    '--out',
    detector,
    '--json',
  ]);
  expect([trained.exitCode, trained.stderr.replace(/^retrace: warning: .*\n/gm, '')]).toEqual([0, '']);
  const found = await runCaptured(['detect', detector, tables.detect, ...roles, '--json']);
  expect(found.exitCode).toBe(0);
  return { trained: JSON.parse(trained.stdout), found: JSON.parse(found.stdout) };
}

describe.skipIf(!data)('retrace on real data', () => {
  it.each([
    'realKnownCause/machine_temperature_system_failure.csv',
    'realTraffic/speed_t4013.csv',
    'artificialWithAnomaly/art_daily_jumpsup.csv',
  ])('trains on NAB %s, detects, and measures both', async (name) => {
    const table = withLabels(nabFiles().find(({ path }) => path.endsWith(name))!);
    const roles = ['--time', 'timestamp', '--label', 'label'];
    const { trained, found } = await trainAndDetect({ train: table, detect: table }, roles);
    expect(trained.metrics.map(({ name }: { name: string }) => name)).toEqual(methods);
    for (const { evaluation } of [...trained.metrics, ...found.metrics])
      expect(evaluation.alarmShare).toBeLessThan(1);
    expect(found.metrics[0].evaluation.rocAuc).toBeGreaterThan(0.5);
  });

  it('trains on a file of SKAB, separated by semicolons, and detects', async () => {
    const table = join(data, 'skab/data/valve2/0.csv');
    const features = skabFeatures.join();
    const roles = ['--time', 'datetime', '--label', 'anomaly', '--features', features];
    const flags = [...small, '--train', '0.3', '--calibration', '0.1'];
    const { trained, found } = await trainAndDetect({ train: table, detect: table }, roles, flags);
    expect(trained.features).toHaveLength(8);
    expect(found.series).toMatchObject([{ id: '0', rows: 1125 }]);
    expect(found.metrics[0].evaluation.averagePrecision).toBeGreaterThan(0.3);
  });

  it('trains on a gzipped host of ASD with 19 features, and measures on its test table', async () => {
    const tables = {
      train: join(data, 'asd/omi-1_train.csv.gz'),
      detect: join(data, 'asd/omi-1_test.csv.gz'),
    };
    const features = Array.from({ length: 19 }, (_, k) => `m${k}`).join(',');
    const shares = ['--train', '0.8', '--calibration', '0.2'];
    const flags = [...shares, '--units', '16', '--epochs', '4', '--stride', '4', '--learning-rate', '0.005'];
    const { found } = await trainAndDetect(tables, ['--features', features], flags);
    expect(found.series).toMatchObject([{ rows: 4320, scored: 4320 }]);
    const against = ['--against', tables.train, '--label', 'label', '--json'];
    const argv = ['evaluate', join(folder.path, 'detector.retrace'), tables.detect, ...against];
    const measured = JSON.parse((await runCaptured(argv)).stdout);
    expect(measured.metrics.map(({ name }: { name: string }) => name)).toEqual(methods);
    expect(measured.metrics[0].evaluation.rocAuc).toBeGreaterThan(0.5);
    // The training tables have no labels, and the digests of their rows are those of the detector's file.
    expect(measured.baselines).toEqual({
      train: { rows: 6912, identity: 'same' },
      calibration: { rows: 1728, identity: 'same' },
    });
  });

  it('trains on sensor events with missing cells and gaps of days, and detects', async () => {
    const table = join(data, 'sensor-events/traffic_events.csv');
    const roles = ['--time', 'timestamp', '--by', 'sensor_id', '--label', 'label', '--on-missing', 'mask'];
    const flags = ['--max-gap', '30m', '--lookback', '12', ...small];
    const { trained, found } = await trainAndDetect({ train: table, detect: table }, roles, flags);
    expect(trained.metrics.map(({ name }: { name: string }) => name)).toEqual(methods);
    expect(found.series).toMatchObject([{ id: 't4013', rows: 2500 }]);
    expect(found.series[0].scored).toBeLessThan(2500);
  });

  it('trains on and scores every file of NAB', async () => {
    const files = nabFiles();
    expect(files).toHaveLength(26);
    const detector = join(folder.path, 'nab.retrace');
    for (const { path } of files) {
      const flags = ['--units', '2', '--epochs', '1', '--stride', '30', '--lookback', '30'];
      const trained = await runCaptured([
        'train',
        path,
        '--time',
        'timestamp',
        ...flags,
        '--force',
        '--out',
        detector,
      ]);
      expect([trained.exitCode, path]).toEqual([0, path]);
      const scored = await runCaptured(['score', detector, path, '--time', 'timestamp']);
      expect([scored.exitCode, path]).toEqual([0, path]);
      expect(scored.stdout).not.toMatch(/NaN|Infinity/);
    }
  });
});
