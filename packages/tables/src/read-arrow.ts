import { arrowCells, arrowColumns } from './arrow-columns.ts';
import type { Header } from './header.ts';
import { checkBytes, checkRows, checkWidth, type TableLimits } from './limits.ts';
import { loadPeer } from './load-peer.ts';
import { namedColumns } from './named-columns.ts';
import { openAnywhere } from './open-anywhere.ts';
import { refuseDamaged } from './refuse-damaged.ts';
import { rowNumbers } from './row-numbers.ts';
import type { Cells, TableBatch, TableInput } from './table-batch.ts';
import { quoteName } from './table-error.ts';
import type { OpenTable } from './table-source.ts';
import { leftOut } from './table-warnings.ts';

/**
 * Reads Arrow IPC, the file form (Feather version 2) or the stream form, by flechette. It is held in memory as a
 * whole. Columns of lists, structures and bytes are left out, of which `onWarning` is told.
 *
 * @throws `RETRACE_TABLE_PACKAGE` if flechette is not installed; `RETRACE_TABLE_FORMAT` if the file is damaged, or
 *   compressed.
 */
export async function* readArrow(
  { table, limits, onWarning }: TableInput,
  begin: (header: Header) => readonly number[],
): AsyncGenerator<TableBatch> {
  const { file } = table;
  const { tableFromIPC } = await loadPeer(
    '@uwdata/flechette@2.6.0',
    'Reading Arrow files',
    () => import('@uwdata/flechette'),
  );
  const all = await readWhole(table, limits);
  const arrow = await refuseDamaged(file, 'arrow', () =>
    tableFromIPC(all, { useBigInt: true, useBigIntTimestamp: true }),
  );
  checkWidth(arrow.numCols, limits, { file });
  const { columns, others } = arrowColumns(arrow);
  if (others.length > 0) onWarning(leftOut('holding no plain values', others.map(quoteName)));
  const names = columns.map(({ name }) => name);
  const wanted = begin(namedColumns(file, names));
  let before = 0;
  for (const [index, { length }] of (columns[0]?.batches ?? []).entries()) {
    checkRows(before + length, limits, { file });
    const cells = await refuseDamaged(
      file,
      'arrow',
      () =>
        new Map<number, Cells>(
          wanted.map((position) => [position, arrowCells(columns[position]!, index, length)]),
        ),
    );
    const lines = rowNumbers(before + 1, length);
    yield {
      lines,
      column: (position) => cells.get(position)!,
    };
    before += length;
  }
}

/** Reads a file where it lies, which spares a copy of it. */
async function readWhole(table: OpenTable, limits: Required<TableLimits>): Promise<ArrayBuffer> {
  const access = await openAnywhere(table, 'ARROW1');
  try {
    checkBytes(access.byteLength, limits, { file: table.file });
    return await access.slice(0, access.byteLength);
  } finally {
    await access.close();
  }
}
