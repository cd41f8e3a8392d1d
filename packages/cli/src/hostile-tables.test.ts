import { type HostileTable, hostileTables } from 'testkit';
import { afterAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

/** The smallest training, so that tables of two rows can be trained on. */
const smallest =
  '--train .5 --calibration .5 --lookback 1 --validation 0 --units 1 --epochs 1 --scorer mse'.split(' ');

/** Tables that are read, but that nothing can be trained on, and how that is told. */
const untrainable: Readonly<Record<string, string>> = {
  // One row, or one of each series that has normal ones: none is left to calibrate on.
  A3: 'RETRACE_NO_CALIBRATION',
  A15: 'RETRACE_NO_CALIBRATION',
  A22: 'RETRACE_NO_CALIBRATION',
  B20: 'RETRACE_NO_CALIBRATION',
  B21: 'RETRACE_NO_CALIBRATION',
  B22: 'RETRACE_NO_CALIBRATION',
  'B24-false': 'RETRACE_NO_CALIBRATION',
  // Beyond float32, or too far apart for float64.
  B10: 'RETRACE_NOT_FINITE',
};

function flagsOf({ options }: HostileTable): string[] {
  const { header, features, missing, ...rest } = options;
  const flags = {
    ...rest,
    ...(header !== undefined && { header: header === true ? 'yes' : header === false ? 'no' : header }),
    ...(features && { features: features.join(',') }),
    ...(missing && { missing: missing.join(',') }),
  };
  return Object.entries(flags).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ]);
}

describe('retrace train', () => {
  it.each(hostileTables)('handles $id, $what, as documented', async (table) => {
    const csv = folder.write('table.csv', table.bytes());
    const argv = ['train', csv, ...flagsOf(table), ...smallest, '--out', `${folder.path}/table.retrace`];
    const before = folder.list();
    const { exitCode, stdout, stderr } = await runCaptured([...argv, '--json', '--force']);
    const told = JSON.parse(stdout);
    const code = 'code' in table.expect ? table.expect.code : untrainable[table.id];
    if (code === undefined) {
      expect([exitCode, told.error]).toEqual([0, undefined]);
      expect(folder.list()).toEqual(['table.csv', 'table.retrace']);
    } else {
      expect([exitCode, told.error.code]).toEqual([2, code]);
      expect(folder.list()).toEqual(before);
      expect(stderr).toMatch(/^retrace: .+[.?]\n$/m);
    }
    if ('code' in table.expect) {
      const { row, column } = table.expect;
      expect(told.error.details).toMatchObject({ ...(row && { row }), ...(column && { column }) });
      expect(stderr).toContain(`table.csv${row ? `, row ${row}` : ''}`);
      if (column)
        expect(stderr).toContain(typeof column === 'string' ? `column "${column}"` : `column ${column}`);
    } else if (table.expect.warning) {
      expect(stderr).toContain(table.expect.warning);
    }
  });
});
