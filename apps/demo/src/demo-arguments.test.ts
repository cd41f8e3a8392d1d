import { run } from '@retrace/cli';
import { describe, expect, it } from 'vitest';
import { demoArguments, readingFlags, tableFlags } from './demo-arguments.ts';

describe('demoArguments(argv)', () => {
  it('without arguments asks for the simulation', () => {
    expect(demoArguments([])).toEqual({ help: false, data: undefined, out: 'out/demo', flags: [] });
  });

  it('hands every flag but its own on, values that begin with a dash too', () => {
    const argv = ['--data', 'my.csv', '--missing', '-999', '--time=t', '--out=x', '--force'];
    expect(demoArguments(argv)).toEqual({
      help: false,
      data: 'my.csv',
      out: 'x',
      flags: ['--missing', '-999', '--time', 't', '--force'],
    });
  });

  it.each([
    [['--data'], '`--data` needs a value.'],
    [['--data', '--time', 't'], '`--data` needs a value.'],
    [['--out'], '`--out` needs a value.'],
    [['my.csv'], '`my.csv` has no meaning for the simulation'],
    [['--epochs', '3'], '`--epochs` has no meaning for the simulation'],
  ])('refuses %j', (argv, told) => {
    expect(demoArguments(argv)).toContain(told);
  });

  it('gives help before it refuses flags', () => {
    expect(demoArguments(['--help', '--epochs', '3'])).toMatchObject({ help: true });
  });
});

describe('readingFlags(flags)', () => {
  it('keeps the flags that say how a table is read, and no value that only looks like one', () => {
    const flags = ['--features', 'uptime,load', '--label', 'uptime', '--units', '8', '--decimal', ','];
    const kept = ['--features', 'uptime,load', '--label', 'uptime', '--decimal', ','];
    expect(readingFlags(flags)).toEqual(kept);
  });

  it('knows all that `retrace report` takes', async () => {
    let help = '';
    const stdout = { write: (text: string) => (help += text) };
    expect(await run(['report', '--help'], { stdout, stderr: process.stderr })).toBe(0);
    const reading = /^Columns:\n[\s\S]+?(?=^Output:)/m.exec(help)![0];
    expect([...reading.matchAll(/^ {2}(--[\w-]+)/gm)].map(([, flag]) => flag)).toEqual(tableFlags);
  });
});
