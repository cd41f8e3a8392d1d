import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { folderStorage } from '@retrace/storage/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const csv = folder.write('pumps.csv', waveCsv());
const at = (name: string) => `${folder.path}/${name}`;
/** All that a training remembers: a plateau, noise, dropout, early stopping and accumulated gradients. */
const flags = [
  ...['--time', 'time', '--by', 'id', '--label', 'label', '--lookback', '8', '--units', '3', '--epochs', '4'],
  ...['--optimizer', 'nadam', '--schedule', 'plateau:patience=1epoch', '--learning-rate', '0.05'],
  ...['--noise', 'deviation=0.1', '--dropout', '0.2', '--patience', '3', '--accumulate', '2'],
];
const train = (...more: readonly string[]) => runCaptured(['train', csv, ...flags, ...more]);
const checkpointsIn = (name: string) => readdirSync(at(name)).sort();

beforeAll(async () => {
  const { stderr } = await train('--out', at('whole.retrace'));
  expect(stderr).toBe('');
});

describe('retrace train --checkpoint', () => {
  it('writes the same file as without, and keeps the newest checkpoints and that of the best epoch', async () => {
    const kept = ['--checkpoint', at('kept'), '--checkpoint-every', '2', '--keep', '2'];
    expect(await train(...kept, '--out', at('kept.retrace'))).toMatchObject({ exitCode: 0, stderr: '' });
    expect(folder.read('kept.retrace')).toEqual(folder.read('whole.retrace'));
    expect([2, 3]).toContain(checkpointsIn('kept').length);
  });

  it.each([
    ['SIGINT', 130, 'Interrupted'],
    ['SIGTERM', 143, 'Terminated'],
  ])('keeps on %s what was trained, says so, and goes on with --resume to the same bytes', async (...row) => {
    const [reason, exitCode, word] = row;
    const [ck, out] = [
      at(reason),
      ['--checkpoint', at(reason), '--resume', '--out', at(`${reason}.retrace`)],
    ];
    // The first step of each, and the last of all, is always drawn.
    for (const epoch of ['epoch', 'epoch', 'epoch 4/4']) {
      const controller = new AbortController();
      const stopped = await runCaptured(['train', csv, ...flags, ...out], {
        signal: controller.signal,
        onTerminal: (text) => text.includes(epoch) && controller.abort(reason),
      });
      expect(stopped.exitCode).toBe(exitCode);
      expect(stopped.stderr.split('\r\u001B[K').at(-1)).toBe(
        `retrace: ${word}; no detector was written, but ${ck} keeps the training so far. To go on, give the same command with --resume.\n`,
      );
      expect(folder.list()).not.toContain(`${reason}.retrace`);
    }
    expect((await runCaptured(['train', csv, ...flags, ...out])).exitCode).toBe(0);
    expect(folder.read(`${reason}.retrace`)).toEqual(folder.read('whole.retrace'));
  });

  it('tells programs by --json where the training is kept', async () => {
    const signal = AbortSignal.abort('SIGINT');
    const early = await runCaptured(['train', csv, ...flags, '--json', '--out', at('x')], { signal });
    expect(JSON.parse(early.stdout).error).toEqual({
      code: 'RETRACE_INTERRUPTED',
      message: 'Interrupted; nothing was written.',
      details: {},
    });
    const controller = new AbortController();
    const argv = ['train', csv, ...flags, '--json', '--checkpoint', at('json'), '--out', at('x')];
    const late = await runCaptured(argv, {
      signal: controller.signal,
      onTerminal: (text) => text.includes('epoch') && controller.abort('SIGINT'),
    });
    expect(JSON.parse(late.stdout).error).toMatchObject({
      code: 'RETRACE_INTERRUPTED',
      details: { checkpoint: at('json') },
    });
  });

  it('begins with --resume where there is no checkpoint, and trains on for more epochs', async () => {
    const out = ['--checkpoint', at('more'), '--resume', '--out', at('more.retrace')];
    const two = flags.map((flag, k) => (flags[k - 1] === '--epochs' ? '2' : flag));
    expect((await runCaptured(['train', csv, ...two, ...out])).exitCode).toBe(0);
    expect((await train(...out, '--force')).exitCode).toBe(0);
    expect(folder.read('more.retrace')).toEqual(folder.read('whole.retrace'));
  });

  it('falls back to the checkpoint before a damaged one, and says so', async () => {
    const out = ['--checkpoint', at('damaged'), '--resume', '--out', at('damaged.retrace'), '--force'];
    await train(...out);
    const newest = `${at('damaged')}/${checkpointsIn('damaged').at(-1)}`;
    truncateSync(newest, readFileSync(newest).length - 1);
    const { exitCode, stderr } = await train(...out);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      /^retrace: warning: checkpoint-\d+\.safetensors: The checkpoint is damaged: .* passed over for the one before it, if there is one\.\n$/,
    );
    expect(folder.read('damaged.retrace')).toEqual(folder.read('whole.retrace'));
    for (const name of checkpointsIn('damaged')) writeFileSync(`${at('damaged')}/${name}`, 'x');
    const none = await train(...out, '--json');
    expect([none.exitCode, JSON.parse(none.stdout).error.code]).toEqual([2, 'RETRACE_CHECKPOINT_DAMAGED']);
  });
});

describe('retrace train, with a folder that is not its own', () => {
  const out = ['--checkpoint', at('ck'), '--out', at('new.retrace'), '--json'];
  const refusal = async (argv: readonly string[]) => {
    const { exitCode, stdout } = await runCaptured(['train', ...argv, ...out]);
    const { code, message, details } = JSON.parse(stdout).error;
    expect(exitCode).toBe(2);
    expect(folder.list()).not.toContain('new.retrace');
    return { code, message, details };
  };
  const change = (flag: string, value: string) =>
    flags.map((each, k) => (flags[k - 1] === flag ? value : each));

  beforeAll(async () => {
    await train('--checkpoint', at('ck'), '--out', at('ck.retrace'));
  });

  it('refuses one with checkpoints that it is not to resume', async () => {
    const { code, message } = await refusal([csv, ...flags]);
    expect(code).toBe('RETRACE_CHECKPOINT_EXISTS');
    expect(message).toContain('Go on from them with `--resume`, or give');
  });

  it.each([
    ['--noise', 'drop=0.1', 'another `--noise`'],
    ['--accumulate', '3', 'another `--accumulate`'],
    ['--optimizer', 'adam', 'another optimizer (`--optimizer`, `--learning-rate`'],
    ['--learning-rate', '0.1', 'another optimizer (`--optimizer`, `--learning-rate`'],
    ['--units', '4', 'another model (`--lookback`, `--units`'],
    ['--lookback', '9', 'other windows (the tables'],
  ])('refuses one of another %s', async (flag, value, told) => {
    const { code, message } = await refusal([csv, ...change(flag, value), '--resume']);
    expect(code).toBe('RETRACE_CHECKPOINT_MISMATCH');
    expect(message).toContain(told);
  });

  it.each([
    ['--seed', '1', 'another `--seed`'],
    ['--batch-size', '16', 'another `--batch-size`'],
    ['--loss', 'mae', 'another `--loss`'],
    ['--clip-norm', '2', 'another `--clip-norm`'],
    ['--validation', '0.2', 'other windows to validate on'],
  ])('refuses one without %s %s', async (flag, value, told) => {
    const { code, message } = await refusal([csv, ...flags, flag, value, '--resume']);
    expect(code).toBe('RETRACE_CHECKPOINT_MISMATCH');
    expect(message).toContain(told);
  });

  it('refuses one of another table, though only a cell differs', async () => {
    const other = folder.write('other.csv', waveCsv().replace('50.0000', '50.0001'));
    const { message, details } = await refusal([other, ...flags, '--resume']);
    expect(message).toContain('is of a training with other windows (the tables');
    expect(details).toMatchObject({ folder: at('ck'), differing: ['windows', 'validation'] });
  });

  it('refuses more epochs where the schedule ends with them', async () => {
    const cosine = change('--schedule', 'cosine');
    const before = ['--checkpoint', at('cosine'), '--out', at('cosine.retrace')];
    await runCaptured(['train', csv, ...cosine, ...before]);
    const more = cosine.map((each, k) => (cosine[k - 1] === '--epochs' ? '5' : each));
    const { stderr } = await runCaptured(['train', csv, ...more, ...before, '--resume', '--force']);
    expect(stderr).toContain('`--schedule`, which may count `--epochs`');
  });

  it('refuses one that another process writes to', async () => {
    const lock = await folderStorage(at('ck')).lock();
    const { code, message } = await refusal([csv, ...flags, '--resume']);
    expect(code).toBe('RETRACE_STORAGE_LOCKED');
    expect(message).toContain('holds its lock');
    await lock.release();
  });

  it('takes over what a process of another host has left, only with --take-over', async () => {
    writeFileSync(at('ck/.lock.7..0123456789abcdef.not-this-host'), '');
    const { message } = await refusal([csv, ...flags, '--resume']);
    expect(message).toContain('lock with `--take-over`');
    const taken = ['--checkpoint', at('ck'), '--out', at('taken.retrace'), '--resume', '--take-over'];
    expect((await train(...taken)).exitCode).toBe(0);
    expect(folder.read('taken.retrace')).toEqual(folder.read('whole.retrace'));
    expect(hostname()).not.toBe('not-this-host');
  });

  it.each([
    [['--resume'], '`--resume` needs the folder, `--checkpoint`'],
    [['--checkpoint-every', '5'], '`--checkpoint-every` needs the folder'],
    [['--keep', '5'], '`--keep` needs the folder'],
    [['--take-over'], '`--take-over` needs the folder'],
    [['--checkpoint', `${folder.path}/./lone.retrace`], '`--checkpoint`, a folder, and `--out`, a file'],
  ])('refuses %j', async (more, message) => {
    const { exitCode, stdout } = await train(...more, '--out', at('lone.retrace'), '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'RETRACE_COMMAND_LINE',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['', 'RETRACE_INVALID_ARGUMENT', '`--checkpoint` must be the path of a folder'],
    [csv, 'RETRACE_STORAGE_UNAVAILABLE', 'a file has its path'],
  ])('refuses %j for a folder', async (path, code, message) => {
    const { exitCode, stdout } = await train('--checkpoint', path, '--out', at('lone.retrace'), '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout).error).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});
