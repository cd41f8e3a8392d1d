import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

const minute = 60_000;
const start = Date.UTC(2026, 0, 1);

/** A row a minute but for an hour after row 60 and a time twice; a period of 20 rows; a cell missing; a constant. */
function oddCsv(): string {
  const lines = ['time,x,still'];
  for (let row = 0; row < 200; row++) {
    const time = start + row * minute + (row > 60 ? 60 * minute : 0) - (row === 100 ? minute : 0);
    lines.push(`${new Date(time).toISOString()},${row === 7 ? '' : Math.sin(row / 3.1831).toFixed(4)},5`);
  }
  return `${lines.join('\n')}\n`;
}

let odd: string;
let pumps: string;
beforeAll(() => {
  odd = folder.write('odd.csv', oddCsv());
  pumps = folder.write('pumps.csv', waveCsv());
});

describe('retrace inspect, of tables', () => {
  it('tells rows, interval, gaps, repeated times, missing cells, constants and a plot', async () => {
    const { exitCode, stdout, stderr } = await runCaptured(['inspect', odd, '--time', 'time']);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`${odd}: 200 rows of 1 series\n`);
    expect(stdout).toContain('time       2026-01-01T00:00:00Z to 2026-01-01T04:19:00Z\n');
    expect(stdout).toContain('interval   1m in the median, 98 % of the steps; nine in ten are 1m to 1m\n');
    expect(stdout).toContain("longest    61m, of 'odd' from 2026-01-01T01:00:00Z\n");
    expect(stdout).toContain('repeated   1 row at the time of the row before\n');
    expect(stdout).toContain('constant   still\n');
    expect(stdout).toMatch(/^x +0\.5 % +-1 +\S+ +0\.7\d* +1$/m);
    expect(stdout).toMatch(/^x {6}[▁-█]{60}$/m);
  });

  it('suggests flags that `train` takes', async () => {
    const { stdout } = await runCaptured(['inspect', odd, '--time', 'time', '--json', '--quiet']);
    const { suggested } = JSON.parse(stdout);
    expect(suggested).toMatchObject({
      lookback: { rows: 20, why: "the period of 'x'" },
      maxGap: { value: 3 * minute },
      split: { train: 0.6, calibration: 0.2 },
    });
    const [, , ...flags] = suggested.command.split(' ');
    expect(suggested.command).toMatch(/ --on-missing mask --max-gap 3m /);
    const quick = ['--units', '2', '--epochs', '1', '--quiet', '--out', `${folder.path}/odd.retrace`];
    const roles = flags.slice(flags.indexOf('--time'), flags.indexOf('--out'));
    expect(await runCaptured(['train', odd, ...roles, ...quick])).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('counts series and labels', async () => {
    const roles = ['--time', 'time', '--by', 'id', '--label', 'label'];
    const { stdout } = await runCaptured(['inspect', pumps, ...roles]);
    expect(stdout).toContain('520 rows of 2 series, 260 rows each');
    expect(stdout).toContain('labels     26 rows anomalous, 5 %');
    expect(stdout).toContain("'p1' over its rows:");
    expect(stdout).not.toContain('--max-gap');
  });

  it('takes several tables, each a series of its own, and rows without times', async () => {
    const other = folder.write('other.csv', oddCsv());
    const { stdout } = await runCaptured(['inspect', odd, other, '--json', '--quiet']);
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({ rows: 400, entities: { count: 2 }, step: { low: 1, median: 1, high: 1 } });
    expect(told.suggested.command).not.toContain('--max-gap');
    const { stdout: text } = await runCaptured(['inspect', odd, other]);
    expect(text).toContain('time       not given: rows are counted; name its column with --time');
  });

  it('warns of a clock that jumps, and of rows that step back', async () => {
    const times = [0, 1, 2, 3, 4, 100_000, 100_001, 5, 6, 7];
    const csv = `t,x\n${times.map((time) => `${time},1\n`).join('')}`;
    const { stdout } = await runCaptured(['inspect', folder.write('jumps.csv', csv), '--time', 't']);
    expect(stdout).toContain(
      "jump       'jumps' from 4 to 100000: over 100 of the usual steps. Is the clock right?",
    );
    expect(stdout).toContain('backward   1 row earlier than the row before');
  });

  it('says what is wrong with a table, in every row at once', async () => {
    const csv = 'time,x\n2026-01-01,1\n2026-01-02,one\n2026-01-03,two\nnever,3\n';
    const { exitCode, stderr } = await runCaptured([
      'inspect',
      folder.write('bad.csv', csv),
      '--time',
      'time',
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/"one" is not a number/);
    expect(stderr).toContain('More like it: 1. Also: times that are none in column "time" (1, row 5 first).');
  });
});

describe('retrace train --resample', () => {
  it('lays rows on a grid, keeps that in the detector, and has `detect` do the same', async () => {
    const detector = `${folder.path}/grid.retrace`;
    const columns = ['--time', 'time', '--on-missing', 'mask'];
    const small = ['--lookback', '4', '--units', '2', '--epochs', '1', '--quiet'];
    const flags = [...columns, '--resample', '5m,mean', '--max-gap', '20m', ...small];
    expect(await runCaptured(['train', odd, ...flags, '--out', detector])).toMatchObject({ exitCode: 0 });
    const { stdout } = await runCaptured(['detect', detector, odd, ...columns, '--json']);
    // Minutes 0 to 60 and 121 to 259, in fives.
    expect(JSON.parse(stdout).series).toEqual([expect.objectContaining({ rows: 13 + 28 })]);
    const inspected = await runCaptured(['inspect', detector]);
    expect(inspected.stdout).toContain("resampled  every 300000 (dates: in ms), by 'mean'");
    expect(inspected.stdout).toContain('no gap over 300000');
  });
});
