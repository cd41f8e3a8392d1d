import { isRetraceError } from '@retrace/errors';
import { type HostileTable, hostileTables } from 'testkit';
import { describe, expect, it, vi } from 'vitest';
import { readRows, readSeries, type TableSource } from './index.ts';

/** What became of a table, in the words of a case's expectation. */
async function outcome(
  { options, expect: expected }: HostileTable,
  source: TableSource,
  read: typeof readSeries = readSeries,
) {
  const warnings: string[] = [];
  try {
    const series = await read(source, { ...options, onWarning: (message) => warnings.push(message) });
    const rows = series.reduce((sum, { time }) => sum + time.length, 0);
    const wanted = 'warning' in expected && expected.warning;
    if (!wanted) return { series: series.length, rows };
    const found = warnings.some((message) => message.includes(wanted)) ? wanted : warnings;
    return { series: series.length, rows, warning: found };
  } catch (error) {
    if (!isRetraceError(error)) throw error;
    const { row, column } = error.details;
    return {
      code: error.code,
      ...('row' in expected && { row }),
      ...('column' in expected && { column }),
      message: error.message,
    };
  }
}

function inPieces(bytes: Uint8Array, size: number): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

describe('readSeries', () => {
  it.each(hostileTables)('reads $id, $what, as documented', async (table) => {
    const started = performance.now();
    const found = await outcome(table, table.bytes());
    expect(found).toMatchObject(table.expect);
    if ('code' in found) {
      const { row } = table.expect as { row?: number };
      expect(found.message).toMatch(
        row === undefined ? /^input\b.*[.?]$/ : new RegExp(`^input, row ${row}\\b.*[.?]$`),
      );
    }
    // A second on an idle machine is the promise; this one may be busy.
    expect(performance.now() - started).toBeLessThan(5000);
  });

  const short = hostileTables.filter((table) => table.bytes().length < 1000);
  it.each([1, 7])('tells the same of tables that arrive in pieces of %i bytes', async (size) => {
    for (const table of short)
      expect(await outcome(table, inPieces(table.bytes(), size)), table.id).toMatchObject(table.expect);
  });

  it('tells the same of tables with the csv-parse that browsers get', async () => {
    vi.resetModules();
    vi.doMock('#csv-parse', () => import('csv-parse/browser/esm/sync'));
    const browser = await import('./index.ts');
    expect((await import('#csv-parse')).parse).toBe((await import('csv-parse/browser/esm/sync')).parse);
    for (const table of short)
      expect(await outcome(table, table.bytes(), browser.readSeries), table.id).toMatchObject(table.expect);
  });
});

describe('readRows', () => {
  it.each(hostileTables)(
    'reads $id, $what, as readSeries does',
    async ({ bytes, options, expect: expected }) => {
      let rows = 0;
      const reading = async () => {
        for await (const { time } of readRows(bytes(), options)) rows += time.length;
      };
      if ('code' in expected) {
        const { code, ...details } = expected;
        await expect(reading()).rejects.toMatchObject({ code, details });
      } else {
        await reading();
        expect(rows).toBe(expected.rows);
      }
    },
  );
});
