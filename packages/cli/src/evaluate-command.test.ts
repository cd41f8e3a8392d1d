import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';

const folder = scratchFolder();
const at = (name: string) => `${folder.path}/${name}`;
const pumps = folder.write('pumps.csv', waveCsv());
const later = folder.write('later.csv', waveCsv({ rows: 120 }));
const detector = at('pumps.retrace');
const columns = ['--time', 'time', '--by', 'id'];
const labelled = [...columns, '--label', 'label'];
const small = ['--lookback', '8', '--units', '4', '--epochs', '2', '--learning-rate', '0.01'];

const train = async (...flags: string[]) => {
  const { exitCode, stdout } = await runCaptured(['train', pumps, ...small, ...flags, '--json']);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
};
const evaluate = (...flags: string[]) => runCaptured(['evaluate', detector, ...flags]);

let trained: { metrics: unknown };

beforeAll(async () => {
  trained = await train(
    ...labelled,
    '--train',
    '0.55',
    '--calibration',
    '0.15',
    '--quantile',
    '0.98',
    '--out',
    detector,
  );
});

afterAll(() => folder.remove());

describe('retrace evaluate', () => {
  it('of the tables that were trained on finds what train found on the rows it left for testing', async () => {
    const { exitCode, stdout, stderr } = await evaluate(pumps, '--against', pumps, ...labelled, '--json');
    expect([exitCode, stderr]).toEqual([0, '']);
    const told = JSON.parse(stdout);
    expect(told.metrics).toEqual(trained.metrics);
    expect(told).toMatchObject({
      series: 2,
      rows: 156,
      baselines: { train: { rows: 286, identity: 'same' }, calibration: { rows: 78, identity: 'same' } },
    });
    expect(told.verdict).toMatch(/^By average precision the autoencoder (pays|does not pay): /);
  });

  it('of other tables evaluates all rows, beside baselines of those that were trained on', async () => {
    const { exitCode, stdout, stderr } = await evaluate(later, '--against', pumps, ...labelled);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^.*pumps\.retrace on 240 rows of 2 series\nthreshold \d/);
    expect(stdout).toContain('baselines trained on 286 rows and calibrated on 78 rows, as the detector was');
    for (const method of ['autoencoder', 'last value', 'PCA', 'discord'])
      expect(stdout.match(new RegExp(`^${method} +[01]\\.\\d{3} `, 'gm'))).toHaveLength(2);
    expect(stdout).toMatch(/^By average precision the autoencoder (pays|does not pay): /m);
    expect(stdout).toMatch(/^method .* random F1 +alarm$/m);
    expect(stdout).toMatch(/^method .* VUS-PR .* range F1 .* near F1 +delay, [sm] +false\/day$/m);
  });

  it('takes several tables to fit baselines on, named at once or one by one', async () => {
    const more = folder.write('more.csv', waveCsv({ ids: ['p3'] }));
    const atOnce = await evaluate(later, ...labelled, '--against', pumps, more);
    const apart = await evaluate(later, '--against', pumps, '--against', more, ...labelled);
    expect(atOnce.stdout).toContain(
      'baselines trained on 429 rows and calibrated on 117 rows: not the rows of',
    );
    expect(apart).toEqual(atOnce);
  });

  it('says so where the baselines are fitted on other rows than the detector', async () => {
    const { stdout, stderr } = await evaluate(later, '--against', pumps, '--train', '0.5', ...labelled);
    expect(stderr).toContain('trained on other rows than the detector: 260 rows, not the 286 of its file.');
    expect(stderr).toContain('calibrated on other rows than the detector');
    expect(stdout).toContain('baselines trained on 260 rows and calibrated on 78 rows: not the rows of');
  });

  it('without --against tells the figures of the network alone, and how to get the baselines', async () => {
    const { exitCode, stdout, stderr } = await evaluate(later, ...labelled);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('no baselines: to fit them, name the tables');
    expect(stdout).toMatch(/^autoencoder +[01]/m);
    expect(stdout).not.toMatch(/^PCA|pays?:/m);
  });

  it('warns where the rows evaluated are those that were trained on', async () => {
    const { stderr } = await evaluate(pumps, ...labelled);
    expect(stderr).toContain(
      'trained on rows of these tables, which flatter it. Give them to `--against` too',
    );
  });

  it('leaves out no anomalous rows to fit baselines on where the detector had no labels to do so', async () => {
    const blind = at('blind.retrace');
    await train(...columns, '--features', 'flow,pressure', '--out', blind);
    const { stdout } = await runCaptured([
      'evaluate',
      blind,
      later,
      '--against',
      pumps,
      ...labelled,
      '--json',
    ]);
    expect(JSON.parse(stdout).baselines).toEqual({
      train: { rows: 312, identity: 'same' },
      calibration: { rows: 104, identity: 'same' },
    });
    const same = await runCaptured(['evaluate', blind, pumps, '--against', pumps, ...labelled, '--json']);
    expect(JSON.parse(same.stdout)).toMatchObject({ rows: 104, baselines: { train: { identity: 'same' } } });
  });

  it('measures nothing that the labels do not define, and says why', async () => {
    const calm = folder.write('calm.csv', waveCsv({ rows: 60, hang: [60, 60] }));
    const { exitCode, stdout, stderr } = await evaluate(calm, ...labelled, '--json');
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('No row with a score is labelled anomalous'),
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: null, metrics: [{ vus: { pr: null } }] });
  });

  it.each<[string, string[], string, string]>([
    ['no label', [later, ...columns], 'RETRACE_COMMAND_LINE', 'needs `--label`'],
    ['shares of nothing', [later, ...labelled, '--train', '0.5'], 'RETRACE_COMMAND_LINE', '`--train` splits'],
    [
      'shares above the whole',
      [later, '--against', pumps, ...labelled, '--train', '0.9'],
      'RETRACE_COMMAND_LINE',
      'more than all rows together',
    ],
    [
      'tables of which some are both evaluated and fitted on',
      [pumps, later, '--against', pumps, ...labelled],
      'RETRACE_COMMAND_LINE',
      'Give the same tables to both',
    ],
    [
      'tables of which no row is left',
      [pumps, '--against', pumps, ...labelled, '--train', '0.8', '--calibration', '0.2'],
      'RETRACE_COMMAND_LINE',
      'none is left to evaluate',
    ],
    [
      'rows to train on that hold no window',
      [pumps, '--against', later, ...labelled, '--train', '0.05'],
      'RETRACE_TOO_FEW_WINDOWS',
      'The 12 rows of 2 series to train on hold no window of 8 rows.',
    ],
    [
      'rows to calibrate on that hold no window',
      [pumps, '--against', later, ...labelled, '--calibration', '0.05'],
      'RETRACE_NO_CALIBRATION',
      'to calibrate on hold no window of 8 rows.',
    ],
    [
      'a table without the label',
      [later, ...columns, '--label', 'fault'],
      'RETRACE_TABLE_COLUMN',
      'column "fault"',
    ],
  ])('refuses %s', async (_, flags, code, message) => {
    const { exitCode, stdout, stderr } = await evaluate(...flags, '--json');
    expect([exitCode, JSON.parse(stdout).error.code]).toEqual([2, code]);
    expect(stderr).toContain(message);
  });
});
