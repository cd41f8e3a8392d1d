import { readdirSync, readFileSync } from 'node:fs';
import { loadDetector } from '@retrace/detector';
import { startWasm } from '@retrace/runtime-wasm';
import { gridOf, trainOne } from '@retrace/sweep';
import { readSeries } from '@retrace/tables';
import { splitByTime } from '@retrace/windowing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());
const pumps = folder.write('pumps.csv', waveCsv());
const at = (name: string) => `${folder.path}/${name}`;
const roles = ['--time', 'time', '--by', 'id', '--label', 'label'];
const grid = ['--lookback', '6,12', '--units', '2,4x3'];
const small = ['--epochs', '2', '--stride', '3', '--learning-rate', '0.01', '--workers', '2'];
const sweep = (...flags: string[]) => ['sweep', pumps, ...roles, ...small, ...flags];

beforeAll(async () => {
  await startWasm();
});

describe('retrace sweep', () => {
  it('tells its own defaults, which the rows do not settle', async () => {
    const { stdout } = await runCaptured(['sweep', '--help']);
    const words = stdout.replaceAll(/\s+/g, ' ');
    expect(words).not.toContain('suggested');
    for (const [flag, usual] of [
      ['--stride', '1'],
      ['--epochs', '20'],
      ['--clip-norm', 'none'],
      ['--patience', 'never'],
      ['--scorer', 'standardised'],
      ['--smooth', 'none'],
      ['--quantile', '0.99'],
    ])
      expect(words).toMatch(new RegExp(`${flag} <[^>]+>[^<]*\\(default: ${usual}\\)`));
  });

  it('prints a row for each trial, the lowest loss first, and writes the plot and the best detector', async () => {
    const argv = sweep(...grid, '--out', at('best.retrace'), '--plot', at('sweep.svg'));
    const { exitCode, stdout, stderr } = await runCaptured(argv);
    // What training advises a model that has not learned yet.
    expect([exitCode, stderr.replace(/^retrace: warning: Trial of lookback .*\n/gm, '')]).toEqual([0, '']);
    const [header, ...rows] = stdout.split('\n');
    expect(header).toMatch(
      /^lookback {2}units +loss +AP +ROC-AUC +point F1 +event F1 +weights +epochs +seconds$/,
    );
    const losses = rows.slice(0, 4).map((row) => Number(row.trim().split(/ +/)[2]));
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
    expect(
      rows
        .slice(0, 4)
        .map((row) => row.trim().split(/ +/).slice(0, 2).join(' '))
        .sort(),
    ).toEqual(['12 2', '12 4x3', '6 2', '6 4x3']);
    expect(stdout).toContain('4 trials of 1 fit each, by validation loss, the lowest first');
    expect(folder.text('sweep.svg')).toMatch(
      /^<svg .*aria-label="validation loss over lookback \(6, 12\): units 2;/,
    );

    const detector = await loadDetector(folder.read('best.retrace'));
    expect(String(detector.state.windows.lookback)).toBe(rows[0]!.trim().split(/ +/)[0]);
    expect(JSON.parse(detector.metadata['retrace.history']!)).toHaveLength(2);
    detector.dispose();
    expect((await runCaptured(['detect', at('best.retrace'), pumps, ...roles])).exitCode).toBe(0);
    const evaluate = ['evaluate', at('best.retrace'), pumps, '--against', pumps, ...roles];
    expect((await runCaptured(evaluate)).stdout).toMatch(
      /^baselines trained on 312 rows and calibrated on 104 rows; whether the detector was too, its file does not tell$/m,
    );
  });

  it('with folds writes the detector of the best trial, trained on all training rows', async () => {
    const argv = sweep(...grid, '--folds', '2', '--seeds', '2', '--json', '--out', at('folds.retrace'));
    const { stdout } = await runCaptured(argv);
    const { trials, detector } = JSON.parse(stdout);
    expect(detector).toBe(at('folds.retrace'));
    expect(trials.map(({ fits }: { fits: unknown[] }) => fits.length)).toEqual([4, 4, 4, 4]);
    expect(trials[0].metrics.loss).toEqual({ mean: expect.any(Number), spread: expect.any(Number) });

    const series = await readSeries(pumps, { time: 'time', by: 'id', label: 'label' });
    const data = splitByTime(series, { train: 0.6, calibration: 0.2 });
    const expected = await loadDetector((await trainOne(trials[0].config, data)).file);
    const written = await loadDetector(folder.read('folds.retrace'));
    expect(written.state).toEqual(expected.state);
    // By which `evaluate` finds the same rows again.
    expect(JSON.parse(written.metadata['retrace.split']!)).toEqual({
      train: 0.6,
      calibration: 0.2,
      label: 'label',
    });
    expect(await written.score(data.test[0]!)).toEqual(await expected.score(data.test[0]!));
    for (const each of [expected, written]) each.dispose();
  });

  it('makes of its flags the configurations that they say', async () => {
    const flags = ['--scaler', 'robust', '--clip-norm', '1', '--patience', '3', '--scorer', 'standardised'];
    const more = [
      '--clip',
      '4',
      '--smooth',
      'ewma:halfLife=2',
      '--quantile',
      '0.9',
      '--seed',
      '5',
      '--max-gap',
      '5m',
    ];
    const tried = ['--lookback', '8', '--units', '2', '--dropout', '0,0.2', '--validation', '0.2'];
    const { stdout } = await runCaptured(sweep(...flags, ...more, ...tried, '--batch-size', '16', '--json'));
    const base = {
      windows: { stride: 3, maxGap: 300_000, lookback: 8 },
      model: { kind: 'reconstruct', units: [2] },
      scaler: { kind: 'robust' },
      fit: {
        epochs: 2,
        batchSize: 16,
        optimizer: { kind: 'adam', learningRate: 0.01 },
        clipNorm: 1,
        earlyStopping: { patience: 3 },
      },
      scorer: { kind: 'standardised', clip: 4, smoothing: { kind: 'ewma', halfLife: 2 } },
      threshold: { kind: 'quantile', q: 0.9 },
      validation: 0.2,
      seed: 5,
    };
    const configs = JSON.parse(stdout).trials.map(({ config }: { config: object }) => config);
    expect(configs).toHaveLength(2);
    expect(configs).toEqual(expect.arrayContaining(gridOf(base as never, { 'model.dropout': [0, 0.2] })));
  });

  it('goes on from a storage, to the bytes of a sweep at once', async () => {
    const controller = new AbortController();
    const argv = sweep(...grid, '--storage', at('kept'), '--out', at('resumed.retrace'));
    const stopped = await runCaptured(argv, {
      signal: controller.signal,
      onTerminal: (text) => text.includes('trial 2/4') && controller.abort('SIGINT'),
    });
    expect(stopped.exitCode).toBe(130);
    expect(stopped.stderr).toContain('go on with `--resume`');
    expect(folder.list()).not.toContain('resumed.retrace');
    const kept = readdirSync(at('kept')).filter((name) => name.startsWith('fit-'));
    expect(kept.length).toBeGreaterThanOrEqual(2);
    const again = await runCaptured(argv);
    expect([again.exitCode, again.stderr]).toEqual([
      2,
      expect.stringContaining('Go on from them with `--resume`'),
    ]);
    const before = kept.map((name) => readFileSync(at(`kept/${name}`)));
    expect((await runCaptured([...argv, '--resume'])).exitCode).toBe(0);
    expect(kept.map((name) => readFileSync(at(`kept/${name}`)))).toEqual(before);
    await runCaptured(sweep(...grid, '--out', at('at-once.retrace')));
    expect(folder.read('resumed.retrace')).toEqual(folder.read('at-once.retrace'));
  });

  it('ranks by a metric on labelled rows, and draws it', async () => {
    const argv = sweep(...grid, '--metric', 'average-precision', '--plot', at('ap.svg'), '--json');
    const { trials } = JSON.parse((await runCaptured(argv)).stdout);
    const precisions = trials.map(
      (trial: { metrics: { averagePrecision: { mean: number } } }) => trial.metrics.averagePrecision.mean,
    );
    expect(precisions).toEqual(precisions.toSorted((a: number, b: number) => b - a));
    expect(folder.text('ap.svg')).toContain('aria-label="average precision over lookback');
  });

  it('tells trials that failed in their rows, and fails where all did', async () => {
    const some = await runCaptured(sweep('--lookback', '6,60', '--units', '2'));
    expect(some.exitCode).toBe(0);
    expect(some.stdout).toMatch(/60 .* RETRACE_TOO_FEW_WINDOWS\n/);
    expect(some.stdout).toContain('failed: ');
    const all = await runCaptured([
      'sweep',
      pumps,
      ...roles,
      '--lookback',
      '6',
      '--units',
      '2,3',
      '--learning-rate',
      '9e8',
      '--workers',
      '1',
      '--json',
    ]);
    expect(all.exitCode).toBe(2);
    expect(JSON.parse(all.stdout).error).toMatchObject({
      code: 'RETRACE_NOT_FINITE',
      message: expect.stringContaining('All 2 trials failed, the first so: '),
    });
  });

  it('draws progress on a terminal, and wipes it', async () => {
    const { stderr } = await runCaptured(sweep(...grid), { onTerminal: () => undefined });
    const [last, wiped] = stderr.split('\r\u001B[K').slice(-2);
    expect(last).toMatch(/^trial 4\/4 {2}lowest loss 0\.\d+$/);
    expect(wiped).toBe('');
    expect((await runCaptured(sweep(...grid, '--quiet'), { onTerminal: () => undefined })).stderr).toBe('');
  });

  it.each<[string, readonly string[], string, string]>([
    [
      'a value twice',
      ['--lookback', '6,6'],
      'RETRACE_INVALID_ARGUMENT',
      '`--lookback` must be values separated by',
    ],
    ['no number', ['--units', '8,x'], 'RETRACE_INVALID_ARGUMENT', '`--units`'],
    ['a rate of 0', ['--learning-rate', '0'], 'RETRACE_INVALID_ARGUMENT', '`--learning-rate`'],
    ['one fold', ['--folds', '1'], 'RETRACE_INVALID_ARGUMENT', '`--folds`'],
    ['an unknown metric', ['--metric', 'f1'], 'RETRACE_INVALID_ARGUMENT', "'point-f1'"],
    [
      'nothing to validate on',
      ['--validation', '0'],
      'RETRACE_COMMAND_LINE',
      '`--validation` must be above 0',
    ],
    ['to resume nothing', ['--resume'], 'RETRACE_COMMAND_LINE', '`--resume` needs `--storage`'],
    ['one file for two', ['--out', at('x'), '--plot', at('x'), ...grid], 'RETRACE_COMMAND_LINE', 'two files'],
    ['a plot of one trial', ['--plot', at('x')], 'RETRACE_COMMAND_LINE', '`--plot` draws trials that differ'],
    ['short runs', ['--lookback', '6,12', '--min-rows', '8'], 'RETRACE_COMMAND_LINE', '`--min-rows` 8'],
    ['too few rows', ['--lookback', '500'], 'RETRACE_TOO_FEW_WINDOWS', 'lower `--lookback`'],
    ['the input for output', ['--out', pumps, '--force'], 'RETRACE_OUTPUT', 'it is the input'],
    ['a decoder of its own', ['--decoder-units', '8'], 'RETRACE_COMMAND_LINE', 'nknown option'],
    ['a flag twice', ['--seed', '1', '--seed', '2'], 'RETRACE_COMMAND_LINE', '`--seed` is given twice'],
  ])('refuses %s before it trains', async (_, flags, code, message) => {
    const before = folder.list();
    const { exitCode, stdout } = await runCaptured(['sweep', pumps, ...roles, ...flags, '--json']);
    const { error } = JSON.parse(stdout);
    expect([exitCode, error.code]).toEqual([2, code]);
    expect(error.message).toContain(message);
    expect(folder.list()).toEqual(before);
  });

  it('refuses a metric without labels', async () => {
    const { stderr } = await runCaptured([
      'sweep',
      pumps,
      '--time',
      'time',
      '--by',
      'id',
      '--metric',
      'roc-auc',
    ]);
    expect(stderr).toBe('retrace: `--metric roc-auc` needs `--label`.\n');
  });
});
