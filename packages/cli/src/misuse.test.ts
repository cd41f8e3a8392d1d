import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { createModel, reconstruct, saveModel } from '@retrace/models';
import { startWasm } from '@retrace/runtime-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const csv = folder.write('pumps.csv', waveCsv());
const at = (name: string) => `${folder.path}/${name}`;
const roles = ['--time', 'time', '--by', 'id'];
const small = ['--lookback', '8', '--units', '2', '--epochs', '1'];
const train = (...flags: string[]) => ['train', csv, ...roles, ...flags, '--out', at('new.retrace')];

/** A folder in which nobody can make a file; root may write to any but those of the kernel. */
function readOnlyFolder(): string {
  if (process.getuid?.() === 0) return '/proc';
  mkdirSync(at('locked'));
  chmodSync(at('locked'), 0o500);
  return at('locked');
}

beforeAll(async () => {
  await runCaptured(['train', csv, ...roles, '--label', 'label', ...small, '--out', at('good.retrace')]);
  const good = folder.read('good.retrace');
  folder.write('cut.retrace', good.subarray(0, good.length - 100));
  folder.write('flipped.retrace', good.with(good.length - 5, good.at(-5)! ^ 1));
  await startWasm();
  const model = createModel(reconstruct({ timesteps: 8, features: 2, units: [2] }));
  folder.write('model.retrace', await saveModel(model));
  model.dispose();
  folder.write('hardlinked.csv', waveCsv());
  linkSync(at('hardlinked.csv'), at('link.csv'));
  symlinkSync(at('loop'), at('loop'));
  mkdirSync(at('sub'));
  execFileSync('mkfifo', [at('fifo')]);
  folder.write('other.csv', waveCsv().replace('pressure', 'head'));
  folder.write('sub/pumps.csv', waveCsv());
  folder.write('wide.csv', waveCsv({ factor: 1e300 }));
  folder.write('normal.csv', waveCsv({ hang: [0, 260] }));
});

type Case = readonly [id: string, argv: () => readonly string[], code: string, message: string];

const cases: readonly Case[] = [
  [
    'A4 fewer rows than a window',
    () => train('--lookback', '500'),
    'RETRACE_TOO_FEW_WINDOWS',
    'lower `--lookback`',
  ],
  [
    'A4 fewer rows to calibrate on',
    () => train('--lookback', '80'),
    'RETRACE_NO_CALIBRATION',
    'to calibrate on',
  ],
  ['A26 a folder', () => ['train', at('sub'), '--out', at('x')], 'RETRACE_TABLE_SOURCE', 'a directory'],
  [
    'A26 a device',
    () => ['train', '/dev/zero', '--out', at('x')],
    'RETRACE_TABLE_SOURCE',
    'not a regular file',
  ],
  [
    'A26 a loop of links',
    () => ['train', at('loop'), '--out', at('x')],
    'RETRACE_TABLE_SOURCE',
    'form a loop',
  ],
  [
    'A26 a missing file',
    () => ['train', at('no.csv'), '--out', at('x')],
    'RETRACE_TABLE_SOURCE',
    'does not exist',
  ],
  [
    'A26 a path of 5,000 characters',
    () => ['train', `${at('p')}${'q'.repeat(5000)}`, '--out', at('x')],
    'RETRACE_TABLE_SOURCE',
    'path is too long',
  ],
  ['B18 gaps everywhere', () => train('--max-gap', '30s'), 'RETRACE_TOO_FEW_ROWS', 'raise `--max-gap`'],
  [
    'B10 beyond float32',
    () => ['detect', at('good.retrace'), at('wide.csv'), ...roles],
    'RETRACE_NOT_FINITE',
    "'flow'",
  ],
  [
    'B23 the label as a feature',
    () => train('--label', 'label', '--features', 'flow,label'),
    'RETRACE_COMMAND_LINE',
    "'label' cannot be both",
  ],
  [
    'B23 the time as a feature',
    () => train('--features', 'time'),
    'RETRACE_INVALID_ARGUMENT',
    '`--features` must be another column than `--time`',
  ],
  [
    'B24 all rows anomalous',
    () => ['train', at('normal.csv'), ...roles, '--label', 'label', '--out', at('x')],
    'RETRACE_TOO_FEW_WINDOWS',
    'holds a row labelled anomalous',
  ],
  [
    'C24 other features',
    () => ['detect', at('good.retrace'), at('other.csv'), ...roles],
    'RETRACE_TABLE_COLUMN',
    '"pressure"',
  ],
  [
    'C24 another order',
    () => ['detect', at('good.retrace'), csv, ...roles, '--features', 'pressure,flow'],
    'RETRACE_FEATURES',
    'flow, pressure, in that order',
  ],
  [
    'C25 a table for a detector',
    () => ['detect', csv, csv, ...roles],
    'RETRACE_SAFETENSORS_FOREIGN',
    'pumps.csv: ',
  ],
  [
    'C16 a detector cut short',
    () => ['detect', at('cut.retrace'), csv, ...roles],
    'RETRACE_SAFETENSORS_TRUNCATED',
    'cut.retrace: ',
  ],
  [
    'C17 a flipped bit',
    () => ['detect', at('flipped.retrace'), csv, ...roles],
    'RETRACE_SAFETENSORS_CHECKSUM',
    'flipped.retrace: ',
  ],
  [
    'D1 a model without a detector',
    () => ['detect', at('model.retrace'), csv, ...roles],
    'RETRACE_DETECTOR_FILE',
    'holds no detector',
  ],
  [
    'D1 no such detector',
    () => ['detect', at('no.retrace'), csv, ...roles],
    'RETRACE_DETECTOR_SOURCE',
    'no such file',
  ],
  [
    'D1 a folder for a detector',
    () => ['detect', at('sub'), csv],
    'RETRACE_DETECTOR_SOURCE',
    'not a regular file',
  ],
  [
    'D7 no lookback',
    () => train('--lookback', '0'),
    'RETRACE_INVALID_ARGUMENT',
    '`--lookback` must be an integer of at least 1. Received: 0.',
  ],
  ['D7 no stride', () => train('--stride', '0'), 'RETRACE_INVALID_ARGUMENT', '`--stride`'],
  ['D7 no units', () => train('--units', '8,0'), 'RETRACE_INVALID_ARGUMENT', '`--units`'],
  ['D7 too many units', () => train('--units', '100000000'), 'RETRACE_MODEL_SPEC', 'units'],
  ['D7 half an epoch', () => train('--epochs', '1.5'), 'RETRACE_INVALID_ARGUMENT', 'Received: "1.5"'],
  ['D7 no learning', () => train('--learning-rate', '-1'), 'RETRACE_INVALID_ARGUMENT', '`--learning-rate`'],
  ['D7 NaN for a number', () => train('--quantile', 'NaN'), 'RETRACE_INVALID_ARGUMENT', '`--quantile`'],
  ['D7 hexadecimal', () => train('--seed', '0x10'), 'RETRACE_INVALID_ARGUMENT', '`--seed`'],
  ['D7 a negative gap', () => train('--max-gap', '-5m'), 'RETRACE_INVALID_ARGUMENT', 'a duration above 0'],
  [
    'D7 a gap of weeks',
    () => train('--max-gap', '1w'),
    'RETRACE_INVALID_ARGUMENT',
    '500ms, 30s, 5m, 2h or 1d',
  ],
  [
    'D7 an empty list',
    () => train('--features', 'flow,,'),
    'RETRACE_INVALID_ARGUMENT',
    '`--features` must be names',
  ],
  [
    'D7 a choice misspelt',
    () => train('--scaler', 'standart'),
    'RETRACE_INVALID_ARGUMENT',
    "Did you mean 'standard'?",
  ],
  [
    'D7 more than all rows',
    () => train('--train', '0.9'),
    'RETRACE_COMMAND_LINE',
    '`--train` 0.9 and `--calibration` 0.2',
  ],
  ['D7 all windows validate', () => train('--validation', '1'), 'RETRACE_INVALID_ARGUMENT', '`--validation`'],
  [
    'D7 a grid without times',
    () => ['train', csv, '--by', 'id', '--out', at('x'), '--resample', '5m'],
    'RETRACE_COMMAND_LINE',
    '`--resample` needs `--time`',
  ],
  [
    'D7 a gap that a grid hides',
    () => train('--resample', '5m', '--max-gap', '9m'),
    'RETRACE_COMMAND_LINE',
    '`--max-gap` must be at least twice `--resample`',
  ],
  [
    'D7 one column for events',
    () => train('--long', 'parameter'),
    'RETRACE_COMMAND_LINE',
    '`--long` takes two columns',
  ],
  [
    'D7 a zone that is none',
    () => train('--time-zone', 'Mars'),
    'RETRACE_INVALID_ARGUMENT',
    '`--time-zone` must be',
  ],
  [
    'D7 a rule that is none',
    () => train('--resample', '5m,median'),
    'RETRACE_INVALID_ARGUMENT',
    '`--resample` must be a duration, or a duration and one of last, mean',
  ],
  ['D1 a folder for a table', () => ['inspect', at('sub')], 'RETRACE_TABLE_SOURCE', 'This is a directory'],
  [
    'D8 a detector among tables',
    () => ['inspect', at('sub.retrace'), csv],
    'RETRACE_COMMAND_LINE',
    'A detector is inspected alone',
  ],
  ['D8 an unknown flag', () => train('--epoch', '3'), 'RETRACE_COMMAND_LINE', 'Did you mean --epochs?'],
  ['D8 an unknown command', () => ['trian', csv], 'RETRACE_COMMAND_LINE', 'Did you mean train?'],
  ['D8 no table', () => ['train', '--out', at('x')], 'RETRACE_COMMAND_LINE', "'tables'"],
  ['D8 no output', () => ['train', csv], 'RETRACE_COMMAND_LINE', '--out'],
  [
    'D8 a flag without its value',
    () => ['train', csv, '--out'],
    'RETRACE_COMMAND_LINE',
    '`--out` needs a value before `--json`',
  ],
  [
    'D8 a flag twice',
    () => train('--seed', '1', '--seed', '2'),
    'RETRACE_COMMAND_LINE',
    '`--seed` is given twice',
  ],
  [
    'D8 a table twice',
    () => ['train', csv, `${folder.path}/./pumps.csv`, '--out', at('x')],
    'RETRACE_COMMAND_LINE',
    'given twice',
  ],
  [
    'D8 tables of other features',
    () => ['train', csv, at('other.csv'), ...roles, '--out', at('x')],
    'RETRACE_FEATURES',
    'other.csv: ',
  ],
  [
    'D8 entities in two tables without time',
    () => ['train', csv, at('link.csv'), '--by', 'id', '--features', 'flow', '--out', at('x')],
    'RETRACE_COMMAND_LINE',
    'Give `--time`',
  ],
  [
    'D8 a unit of no time',
    () => ['train', csv, '--time-unit', 's', '--out', at('x')],
    'RETRACE_COMMAND_LINE',
    'Give `--time` too',
  ],
  [
    'D8 a gap in minutes without time',
    () => ['train', csv, '--max-gap', '5m', '--out', at('x')],
    'RETRACE_COMMAND_LINE',
    'needs `--time`',
  ],
  [
    'D8 runs shorter than allowed',
    () => train('--lookback', '8', '--min-rows', '9'),
    'RETRACE_COMMAND_LINE',
    '`--min-rows` 9',
  ],
  [
    'D8 a clip for another score',
    () => train('--clip', '3', '--scorer', 'mse'),
    'RETRACE_COMMAND_LINE',
    '`--clip` belongs',
  ],
  [
    'D8 scores as JSON on stdout',
    () => ['score', at('good.retrace'), csv],
    'RETRACE_COMMAND_LINE',
    '`--json` needs `--out`',
  ],
  [
    'D8 too few units of features',
    () => ['report', at('good.retrace'), csv, ...roles, '--feature-units', 'bar', '--out', at('x')],
    'RETRACE_COMMAND_LINE',
    '`--feature-units` must be 2 units',
  ],
  [
    'D9 an output that exists',
    () => ['train', csv, '--out', at('good.retrace')],
    'RETRACE_OUTPUT_EXISTS',
    '`--force`',
  ],
  [
    'D9 the input for output',
    () => ['train', csv, '--out', csv, '--force'],
    'RETRACE_OUTPUT',
    'it is the input',
  ],
  [
    'D9 a hard link to the input',
    () => ['train', at('hardlinked.csv'), '--out', at('link.csv'), '--force'],
    'RETRACE_OUTPUT',
    'it is the input',
  ],
  [
    'D9 the detector for output',
    () => ['score', at('good.retrace'), csv, '--out', at('good.retrace'), '--force'],
    'RETRACE_OUTPUT',
    'it is the input',
  ],
  [
    'D9 a folder for output',
    () => ['train', csv, '--out', at('sub'), '--force'],
    'RETRACE_OUTPUT',
    'it is a folder',
  ],
  [
    'D9 a FIFO for output',
    () => ['train', csv, '--out', at('fifo'), '--force'],
    'RETRACE_OUTPUT',
    'it is not a regular file',
  ],
  [
    'D9 an output in no folder',
    () => ['train', csv, '--out', at('no/x')],
    'RETRACE_OUTPUT',
    'does not exist',
  ],
  [
    'D9 an output in a file',
    () => ['train', csv, '--out', at('good.retrace/x')],
    'RETRACE_OUTPUT',
    'a file, not a folder',
  ],
  [
    'D9 an output with a long name',
    () => ['train', csv, '--out', at('x'.repeat(300))],
    'RETRACE_OUTPUT',
    'too long',
  ],
  [
    'D9 an output in a read-only folder',
    () => ['train', csv, '--out', `${readOnlyFolder()}/x`],
    'RETRACE_OUTPUT',
    'cannot be written',
  ],
];

describe('retrace', () => {
  it.each(cases)('refuses %s before it writes anything', async (_, argv, code, message) => {
    const before = folder.list();
    const { exitCode, stdout, stderr } = await runCaptured([...argv(), '--json']);
    const { error } = JSON.parse(stdout);
    expect([exitCode, error.code]).toEqual([2, code]);
    expect(stderr).toContain(message);
    expect(error.message).toContain(message);
    expect(stderr).toMatch(/^retrace: .*[.?]\n$/m);
    expect(folder.list().filter((name) => name !== 'locked')).toEqual(before);
  });

  it('without a command prints its help, and names the flag of each mistake without --json too', async () => {
    const { exitCode, stdout, stderr } = await runCaptured([]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^Usage: retrace [\s\S]+retrace: Name a command\. See `retrace --help`\.\n$/);
    const slip = await runCaptured(['train', csv, '--out']);
    expect([slip.exitCode, slip.stdout]).toEqual([2, '']);
    expect(slip.stderr).toBe(
      "retrace: Option '--out <file>' argument missing. See `retrace train --help`.\n",
    );
  });

  it('replaces an output with --force', async () => {
    folder.write('old.retrace', 'old');
    const { exitCode } = await runCaptured([
      'train',
      csv,
      ...roles,
      '--label',
      'label',
      ...small,
      '--force',
      '--out',
      at('old.retrace'),
    ]);
    expect([exitCode, folder.text('old.retrace') === 'old']).toEqual([0, false]);
    expect(folder.list().filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('tells a column that is constant in training apart, and series of files by their paths', async () => {
    const still = folder.write('still.csv', waveCsv().replace(/,[\d.]+,(\d)$/gm, ',4,$1'));
    const argv = ['train', still, '--time', 'time', '--by', 'id', ...small, '--features', 'flow,pressure'];
    const { exitCode, stderr } = await runCaptured([...argv, '--out', at('still.retrace')]);
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('Constant in the training rows')]);
    const twice = ['detect', at('still.retrace'), csv, at('sub/pumps.csv'), '--json', '--quiet'];
    const { stdout } = await runCaptured(twice);
    expect(JSON.parse(stdout).series.map(({ id }: { id: string }) => id)).toEqual([csv, at('sub/pumps.csv')]);
  });
});
