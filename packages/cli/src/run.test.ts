import { readSeries } from '@retrace/tables';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { methods } from '../fixtures/methods.ts';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';
import { run } from './run.ts';

const folder = scratchFolder();
const pumps = folder.write('pumps.csv', waveCsv());
const roles = ['--time', 'time', '--by', 'id'];
const small = ['--lookback', '8', '--units', '4', '--epochs', '2', '--learning-rate', '0.01'];
const at = (name: string) => `${folder.path}/${name}`;
const detector = at('pumps.retrace');

beforeAll(async () => {
  const { stderr } = await runCaptured([
    'train',
    pumps,
    ...roles,
    '--label',
    'label',
    ...small,
    '--max-gap',
    '5m',
    '--out',
    detector,
  ]);
  expect(stderr).toBe('');
});

afterAll(() => folder.remove());

describe('retrace train', () => {
  const train = (...flags: string[]) =>
    runCaptured(['train', pumps, ...roles, '--label', 'label', ...small, ...flags]);

  it('prints what it did, with the metrics of the autoencoder beside those of the baselines', async () => {
    const { exitCode, stdout } = await train('--out', at('told.retrace'));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /told\.retrace: a detector of flow, pressure\ntrained on \d+ windows of 8 rows in 2 epochs/,
    );
    for (const method of ['autoencoder', 'last value', 'mean distance', 'PCA'])
      expect(stdout).toMatch(new RegExp(`^${method} +[01]\\.\\d{3} `, 'm'));
  });

  it('writes the same bytes for the same seed, others for another', async () => {
    await train('--out', at('again.retrace'), '--max-gap', '5m');
    await train('--out', at('other.retrace'), '--max-gap', '5m', '--seed', '1');
    const bytes = Buffer.from(folder.read('pumps.retrace'));
    expect(bytes.equals(folder.read('again.retrace'))).toBe(true);
    expect(bytes.equals(folder.read('other.retrace'))).toBe(false);
  });

  it('--json prints one document', async () => {
    const { stdout } = await train('--out', at('json.retrace'), '--json');
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({ features: ['flow', 'pressure'], windows: { lookback: 8 }, warnings: [] });
    expect(told.training.history).toHaveLength(2);
    expect(told.metrics.map(({ name }: { name: string }) => name)).toEqual(methods);
  });

  it('warns of a gap in minutes where the times are a counter', async () => {
    const table = folder.write('counted.csv', waveCsv().replace(/^[^,]+T(\d\d):(\d\d):00.000Z/gm, '$1$2'));
    const argv = ['train', table, ...roles, ...small, '--max-gap', '5m', '--out', at('counted.retrace')];
    const { exitCode, stderr } = await runCaptured(argv);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('The times are a counter, not dates, yet `--max-gap` has a unit'),
    ]);
  });

  it('without labels prints no metrics', async () => {
    const out = ['--features', 'flow,pressure', ...small, '--out', at('plain.retrace')];
    const { exitCode, stdout } = await runCaptured(['train', pumps, ...roles, ...out]);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('ROC-AUC');
  });

  it('tells a model, windows and scores by its flags', async () => {
    const flags = [
      '--units',
      '5,3',
      '--decoder-units',
      '6',
      '--clip-norm',
      '1',
      '--dropout',
      '0.1',
      '--scaler',
      'robust',
      '--scorer',
      'gaussian',
    ];
    const more = [
      '--smooth',
      'ewma:halfLife=2',
      '--patience',
      '1',
      '--batch-size',
      '16',
      '--stride',
      '2',
      '--min-rows',
      '4',
    ];
    const windows = ['--lookback', '8', '--epochs', '2', '--out', at('flags.retrace')];
    const argv = ['train', pumps, ...roles, '--label', 'label', ...flags, ...more, ...windows];
    const { exitCode, stderr } = await runCaptured(argv);
    expect([exitCode, stderr]).toEqual([0, '']);
    const { stdout } = await runCaptured(['inspect', at('flags.retrace'), '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      model: {
        encoder: [{ units: 5, dropout: 0.1 }, { units: 3 }],
        decoder: { layers: [{ units: 6 }] },
        timesteps: 8,
      },
      windows: { lookback: 8, stride: 2, minRows: 4 },
      scaler: { kind: 'robust' },
      scorer: { kind: 'gaussian', smoothing: { kind: 'ewma', halfLife: 2 } },
    });
  });

  it('draws progress on a terminal, and wipes it', async () => {
    const argv = ['train', pumps, ...roles, '--label', 'label', ...small, '--out', at('seen.retrace')];
    const { stderr } = await runCaptured(argv, { onTerminal: () => undefined });
    const wipe = '\r\u001B[K';
    const [last, wiped] = stderr.split(wipe).slice(-2);
    expect(last).toMatch(/^epoch 2\/2 {2}\[=+\] {2}loss 0\.\d+ {2}validation 0\.\d+ {2}0 s left$/);
    expect(wiped).toBe('');
    const quiet = await runCaptured([...argv, '--force', '--quiet'], { onTerminal: () => undefined });
    expect(quiet.stderr).toBe('');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('stops on %s with %i and writes nothing', async (reason, exitCode) => {
    const controller = new AbortController();
    const argv = ['train', pumps, ...roles, '--label', 'label', ...small, '--out', at('never.retrace')];
    const stopped = await runCaptured(argv, {
      signal: controller.signal,
      onTerminal: (text) => text.includes('epoch 1/2') && controller.abort(reason),
    });
    expect(stopped.exitCode).toBe(exitCode);
    const told = stopped.stderr.split('\r\u001B[K').at(-1);
    expect(told).toMatch(/^retrace: (Interrupted|Terminated); nothing was written\.\n$/);
    expect(folder.list().filter((name) => name.startsWith('never'))).toEqual([]);
  });
});

describe('retrace score', () => {
  it('prints a row for each row, whose contributions sum to the score', async () => {
    const { exitCode, stdout } = await runCaptured(['score', detector, pumps, ...roles]);
    expect(exitCode).toBe(0);
    const [header, ...lines] = stdout.trimEnd().split('\n');
    expect(header).toBe('id,time,score,anomalous,contribution_flow,contribution_pressure');
    expect(lines).toHaveLength(520);
    expect(lines[0]).toMatch(/^p1,2026-01-01T00:00:00Z,/);
    for (const line of lines) {
      const [, , score, , flow, pressure] = line.split(',').map(Number);
      // Sums of two float64, printed without loss.
      expect(Math.abs(flow! + pressure! - score!)).toBeLessThanOrEqual(1e-12 * score!);
    }
  });

  it('--out writes a table that retrace reads, with empty cells where no window covers a row', async () => {
    const gap = waveCsv().replace(/(2026-01-01T00:05.*\n)/g, (line) => line.replace('T00:05', 'T00:04'));
    const holed = gap.split('\n').filter((line) => !/T00:(0[6-9]|1\d|2[0-5])/.test(line));
    const table = folder.write('holed.csv', holed.join('\n'));
    const { exitCode } = await runCaptured(['score', detector, table, ...roles, '--out', at('scores.csv')]);
    expect(exitCode).toBe(0);
    const [first] = await readSeries(at('scores.csv'), { time: 'time', by: 'id', onMissing: 'mask' });
    expect(first!.features.slice(0, 2)).toEqual(['score', 'anomalous']);
    expect([...first!.values.subarray(0, 2)]).toEqual([Number.NaN, Number.NaN]);
    expect(first!.observed!.at(-1)).toBe(1);
  });

  it('puts an apostrophe before an id that a spreadsheet would run', async () => {
    const table = folder.write('formula.csv', waveCsv({ ids: ['=1+1'] }));
    const { stdout } = await runCaptured(['score', detector, table, ...roles]);
    expect(stdout.split('\n')[1]).toMatch(/^'=1\+1,/);
  });

  it('tells that its output cannot be taken', async () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    const stdout = { write: (_: string, done?: (error: Error) => void) => done?.(full) };
    let told = '';
    const stderr = { write: (text: string) => (told += text) };
    expect(await run(['score', detector, pumps, ...roles], { stdout, stderr })).toBe(2);
    expect(told).toBe('retrace: stdout cannot be written: ENOSPC: no space left on device, write.\n');
  });

  it('exits with 0 when the reader of its output has gone', async () => {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const stdout = { write: (_: string, done?: (error: Error) => void) => done?.(gone) };
    const stderr = { write: () => expect.unreachable() };
    expect(await run(['score', detector, pumps, ...roles], { stdout, stderr })).toBe(0);
  });
});

describe('retrace detect', () => {
  it('lists anomalies with times, severity and blame, and the metrics of labels', async () => {
    const { exitCode, stdout } = await runCaptured(['detect', detector, pumps, ...roles, '--label', 'label']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^series +start +end +rows +peak +severity +blame$/m);
    expect(stdout).toContain('\npeak: the highest score; severity: peak over threshold;');
    expect(stdout).toMatch(/by chance 0\.050; P: precision/);
    expect(stdout).toMatch(/^p2 +2026-01-01T03:\d\d:00Z +2026-01-01T0\d:\d\d:00Z .* flow \d+ %/m);
    expect(stdout).toMatch(/\d+ anomalies in 520 rows of 2 series, threshold /);
    expect(stdout).toMatch(/^autoencoder +[01]/m);
  });

  it('exits with 1 where --fail-on-anomaly asks for it and there is one', async () => {
    const argv = ['detect', detector, pumps, ...roles, '--fail-on-anomaly'];
    expect((await runCaptured(argv)).exitCode).toBe(1);
    const calm = folder.write('calm.csv', waveCsv({ rows: 60, hang: [60, 60] }));
    const lax = at('lax.retrace');
    await runCaptured([
      'train',
      pumps,
      ...roles,
      '--label',
      'label',
      ...small,
      '--quantile',
      '1',
      '--out',
      lax,
    ]);
    const { exitCode, stdout } = await runCaptured(['detect', lax, calm, ...roles, '--fail-on-anomaly']);
    expect(stdout).toMatch(/^0 anomalies in 120 rows of 2 series, threshold \S+\nAn anomaly joins .*\n$/);
    expect(exitCode).toBe(0);
  });

  it('exits with 1 for an anomaly though the reader of its output has gone', async () => {
    const gone = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    const stdout = { write: (_: string, done?: (error: Error) => void) => done?.(gone) };
    const stderr = { write: () => expect.unreachable() };
    const argv = ['detect', detector, pumps, ...roles, '--fail-on-anomaly'];
    expect(await run(argv, { stdout, stderr })).toBe(1);
  });

  it('--csv prints them as a table that no spreadsheet runs', async () => {
    const table = folder.write('formulas.csv', waveCsv({ ids: ['=1+1'], hang: [230, 240] }));
    const { exitCode, stdout } = await runCaptured(['detect', detector, table, ...roles, '--csv']);
    expect(exitCode).toBe(0);
    const [header, ...rows] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^id,start,end,first_row,last_row,peak,severity,blame_flow,blame_/);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toMatch(/^'=1\+1,2026-01-01T\d\d:\d\d:00Z,2026-01-01T/);
    const both = await runCaptured(['detect', detector, table, ...roles, '--csv', '--json']);
    expect(both.exitCode).toBe(2);
  });

  it('--json prints the anomalies as scoring finds them', async () => {
    const { stdout } = await runCaptured(['detect', detector, pumps, ...roles, '--label', 'label', '--json']);
    const told = JSON.parse(stdout);
    expect(told.series).toMatchObject([
      { id: 'p1', rows: 260, scored: 260 },
      { id: 'p2', rows: 260, scored: 260 },
    ]);
    const hang = told.anomalies.find(
      ({ firstRow, lastRow }: Record<string, number>) => firstRow! <= 235 && lastRow! >= 235,
    );
    expect(hang).toMatchObject({ id: 'p1', blame: [{}, {}] });
    expect(told.metrics[0].evaluation.rocAuc).toBeGreaterThan(0.9);
  });

  it('joins the rows of an entity that stands in two files', async () => {
    const lines = waveCsv().trimEnd().split('\n');
    const early = folder.write('early.csv', lines.slice(0, 261).join('\n'));
    const late = folder.write('late.csv', [lines[0], ...lines.slice(261)].join('\n'));
    const whole = await runCaptured(['detect', detector, pumps, ...roles, '--json']);
    const joined = await runCaptured(['detect', detector, early, late, ...roles, '--json']);
    expect(joined.stdout).toBe(whole.stdout);
  });

  it('warns of features far from what the detector was trained on, and scores them', async () => {
    const table = folder.write('litres.csv', waveCsv({ factor: 100 }));
    const { exitCode, stdout, stderr } = await runCaptured(['score', detector, table, ...roles]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/warning: 'flow' lies \d+ times its training spread away/);
    expect(stdout).not.toMatch(/NaN|Infinity|,,/);
  });

  it('warns of series without a score', async () => {
    const table = folder.write('short.csv', waveCsv({ rows: 5, hang: [5, 5] }));
    const { exitCode, stderr } = await runCaptured(['detect', detector, table, ...roles]);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining("2 of 2 series ('p1' first) have no score"),
    ]);
  });
});

describe('retrace report', () => {
  it('writes one page with series, training, diagram and metrics', async () => {
    const argv = ['report', detector, pumps, ...roles, '--label', 'label', '--feature-units', 'm³/h,bar'];
    const { exitCode, stdout } = await runCaptured([...argv, '--out', at('report.html')]);
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/report\.html: 2 series, \d+ anomalies\n$/),
    ]);
    const page = folder.text('report.html');
    for (const part of ['Training', 'Model', 'Series', 'Against the labels', 'flow (m³/h)', 'reconstruction'])
      expect(page).toContain(part);
    expect(page).toContain('Near misses, delay and false alarms');
    expect(page).toMatch(/<dt>events found<\/dt><dd>\d of 2<\/dd>/);
    expect(page).toContain(
      'Rows are scored in windows of 8 rows: standardised, smoothed over past rows with a half-life of 2 rows. The ' +
        'threshold is the 0.99 quantile',
    );
    expect(page).toContain(
      'The network was trained on 312 rows, 2026-01-01T00:00:00Z to 2026-01-01T02:35:00Z; what is found in that time flatters it.',
    );
    expect(page).not.toContain('<script');
  });

  it('draws the series with the highest scores where there are many', async () => {
    const argv = ['report', detector, pumps, ...roles, '--series', '1', '--out', at('one.html'), '--json'];
    const { stdout } = await runCaptured(argv);
    expect(JSON.parse(stdout)).toMatchObject({ series: 2 });
    expect(folder.text('one.html')).toContain('the 1 of 2 series with the highest scores');
  });
});

describe('retrace inspect', () => {
  it('tells windows, scaler, scorer, threshold, training and model', async () => {
    const { exitCode, stdout } = await runCaptured(['inspect', detector]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('windows    8 rows, one every 1, no gap over 300000 (dates: in ms)');
    expect(stdout).toMatch(/^training {3}2 epochs, in the last loss 0\.\d+ at a learning rate of 0\.01$/m);
    expect(stdout).toContain('LSTM 4');
  });

  it('tells how the detector came to be', async () => {
    const { provenance } = JSON.parse((await runCaptured(['inspect', detector, '--json'])).stdout);
    const { training, calibration, metrics } = provenance;
    expect(training).toMatchObject({ seed: 0, epochs: 2, loss: expect.any(Number), data: { series: 2 } });
    expect(training.data.rows).toBeGreaterThan(calibration.rows);
    expect(Object.keys(metrics)).toEqual(['rocAuc', 'averagePrecision', 'pointF1', 'eventF1']);
    const { stdout } = await runCaptured(['inspect', detector]);
    expect(stdout).toContain(`trained    on ${training.data.rows} rows, SHA-256 ${training.data.sha256}`);
    expect(stdout).toContain(`calibrated on ${calibration.rows} rows, SHA-256 ${calibration.sha256}`);
    expect(stdout).toMatch(/^by {9}retrace \d+\.\d+\.\d+, seed 0$/m);
    expect(stdout).toMatch(/^tested {5}rocAuc [01]\.\d+, averagePrecision/m);
  });
});

describe('retrace --help', () => {
  it.each([
    [['--help']],
    [['train', '--help']],
    [['score', '--help']],
    [['detect', '--help']],
    [['report', '--help']],
    [['inspect', '--help']],
  ])('%s fits a terminal of 100 columns and names examples', async (argv) => {
    const { exitCode, stdout } = await runCaptured(argv);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Examples:\n  retrace ');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('--version prints the version', async () => {
    expect((await runCaptured(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
