import { afterAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';

const folder = scratchFolder();
const at = (name: string) => `${folder.path}/${name}`;
const pumps = folder.write('pumps.csv', waveCsv());
const columns = ['--time', 'time', '--by', 'id', '--label', 'label'];
const small = ['--lookback', '8', '--epochs', '2', '--learning-rate', '0.01', '--quantile', '0.9'];

afterAll(() => folder.remove());

const train = (...flags: string[]) =>
  runCaptured([
    'train',
    pumps,
    ...columns,
    ...small,
    '--out',
    at('any.retrace'),
    '--force',
    ...flags,
    '--json',
  ]);
const inspected = async () => {
  const { stdout } = await runCaptured(['inspect', at('any.retrace'), '--json']);
  return JSON.parse(stdout);
};

describe('retrace train --model', () => {
  it('predict learns the rows that follow, and compares with baselines on the rows it scores', async () => {
    const { exitCode, stdout, stderr } = await train(
      '--model',
      'predict',
      '--horizon',
      '2',
      '--units',
      '6,4',
    );
    expect([exitCode, stderr]).toEqual([0, '']);
    const [network, ...baselines] = JSON.parse(stdout).metrics;
    // Of 52 test rows of each pump, the first 8 are only read.
    expect(network).toMatchObject({ name: 'forecaster', evaluation: { rows: 104, unscored: 16 } });
    expect(baselines).toHaveLength(9);
    for (const { evaluation } of baselines) expect(evaluation.unscored).toBe(16);
    expect(await inspected()).toMatchObject({
      model: { kind: 'predict', horizon: 2, shift: 0, encoder: [{ units: 6 }, { units: 4 }] },
      windows: { lookback: 8, horizon: 2 },
      outputs: ['prediction'],
    });
    const { stdout: text } = await runCaptured(['inspect', at('any.retrace')]);
    expect(text).toContain('windows    8 rows in, 2 rows out, one every 1');
    await runCaptured(['report', at('any.retrace'), pumps, ...columns, '--out', at('forecast.html')]);
    expect(folder.text('forecast.html')).toMatch(/>prediction<(?![\s\S]*>reconstruction<)/);
  });

  it('composite joins the scores of what it reconstructs and what it predicts', async () => {
    const flags = ['--horizon', '3', '--shift', '-2', '--units', '4', '--decoder-units', '5'];
    const { exitCode, stderr } = await train('--model', 'composite', ...flags);
    expect([exitCode, stderr]).toEqual([0, '']);
    const decoder = { layers: [{ units: 5 }] };
    expect(await inspected()).toMatchObject({
      model: {
        kind: 'composite',
        horizon: 3,
        shift: -2,
        decoders: { reconstruction: decoder, prediction: decoder },
      },
      scorer: { kind: 'combined', by: 'product' },
    });
    const { stdout: text } = await runCaptured(['inspect', at('any.retrace')]);
    expect(text).toContain('windows    8 rows in, 3 rows out that overlap by 2 rows, one every 1');
    expect(text).toContain(
      'scorer     the product of standardised (reconstruction) and standardised (prediction), smoothed over past rows',
    );
  });

  it('predicts every row, however far apart the windows are that train', async () => {
    const { stdout } = await train('--model', 'predict', '--stride', '3', '--units', '4');
    const told = JSON.parse(stdout);
    expect(told.metrics[0].evaluation.unscored).toBe(16);
    expect(told.windows).toMatchObject({ stride: 1, horizon: 1 });
    const every = JSON.parse((await train('--model', 'predict', '--units', '4')).stdout);
    expect(told.windows.used).toBeLessThan(every.windows.used / 2);
  });

  it('latent-target learns a held layer of its own, and blames latent units everywhere', async () => {
    const flags = ['--units', '6,4', '--dense', '5,3', '--loss', 'mae'];
    const { exitCode, stdout, stderr } = await train('--model', 'latent-target', ...flags);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).metrics[0].name).toBe('latent-target model');
    expect(await inspected()).toMatchObject({
      model: {
        kind: 'latentTarget',
        target: 'encoder/0',
        stopGradient: true,
        loss: 'mae',
        dense: [
          { units: 5, activation: 'relu' },
          { units: 3, activation: 'relu' },
        ],
      },
      outputs: ['latentTarget'],
    });
    const detected = await runCaptured(['detect', at('any.retrace'), pumps, ...columns, '--csv']);
    const [header, ...rows] = detected.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(','));
    expect(header!.slice(7)).toEqual(Array.from({ length: 6 }, (_, unit) => `blame_latentTarget/${unit}`));
    const shares = rows[0]!.slice(7).map(Number);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const report = ['report', at('any.retrace'), pumps, ...columns, '--out', at('latent.html')];
    expect((await runCaptured(report)).exitCode).toBe(0);
    expect(folder.text('latent.html')).toContain('latentTarget/');
    // Nothing is drawn over what was measured.
    expect(folder.text('latent.html')).not.toContain('class="rt-reconstruction"');
  });

  it('has half the units of the last encoder layer between a latent vector and its target by default', async () => {
    await train('--model', 'latent-target', '--units', '7');
    expect((await inspected()).model).toMatchObject({ dense: [{ units: 4 }], loss: 'mse' });
  });

  it('with --loss gaussian scores rows by their likelihood', async () => {
    const { exitCode, stderr } = await train('--loss', 'gaussian', '--units', '4', '--per-entity');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(await inspected()).toMatchObject({
      model: { kind: 'reconstruct', decoder: { variance: true } },
      scorer: { kind: 'likelihood', entities: [{ id: 'p1' }, { id: 'p2' }] },
    });
  });

  it.each<[string[], string]>([
    [
      ['--horizon', '2'],
      '`--horizon` belongs to `--model predict` and `--model composite`, not to reconstruct.',
    ],
    [['--model', 'latent-target', '--shift', '1'], '`--shift` belongs to'],
    [['--model', 'predict', '--dense', '8'], '`--dense` belongs to `--model latent-target`, not to predict.'],
    [['--model', 'latent-target', '--decoder-units', '8'], 'give `--dense`, not `--decoder-units`'],
    [['--model', 'latent-target', '--loss', 'huber'], 'learns by `--loss mse` or `--loss mae`'],
    [['--loss', 'gaussian', '--clip', '3'], 'belongs to `--scorer standardised`, not to likelihood'],
    [['--scorer', 'mae', '--per-entity'], '`--scorer mae` measures nothing'],
  ])('refuses %s before it trains', async (flags, message) => {
    const { exitCode, stdout } = await train(...flags);
    expect([exitCode, JSON.parse(stdout).error]).toEqual([
      2,
      expect.objectContaining({ code: 'RETRACE_COMMAND_LINE', message: expect.stringContaining(message) }),
    ]);
  });

  it.each([
    ['--model', 'vae'],
    ['--horizon', '0'],
    ['--dense', '8,0'],
    ['--scorer', 'likelihood'],
    ['--aggregate', 'max'],
    ['--smooth', 'ewma'],
    ['--smooth', 'median:rows=0'],
    ['--smooth', 'mean:rows=3'],
  ])('refuses %s %s', async (flag, value) => {
    const { exitCode, stdout } = await train(flag, value);
    expect([exitCode, JSON.parse(stdout).error]).toEqual([
      2,
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT', message: expect.stringContaining(flag) }),
    ]);
  });

  it('refuses a shift by more rows than a window has', async () => {
    const { exitCode, stdout } = await train('--model', 'predict', '--shift', '-9');
    expect([exitCode, JSON.parse(stdout).error.message]).toEqual([
      2,
      expect.stringContaining('`--shift` must be an integer of at least -8'),
    ]);
  });

  it('scores as the flags say', async () => {
    const flags = ['--scorer', 'quantile', '--smooth', 'median:rows=3', '--aggregate', 'median'];
    const { exitCode } = await train('--units', '4', ...flags);
    expect(exitCode).toBe(0);
    expect(await inspected()).toMatchObject({
      aggregate: 'median',
      scorer: { kind: 'quantile', smoothing: { kind: 'median', rows: 3 } },
    });
  });
});
