import type { Batch, DataType, Table } from '@uwdata/flechette';
import { epochMilliseconds, type TimestampUnit } from './epoch-milliseconds.ts';
import type { Cell, Cells } from './table-batch.ts';

/** A column of an Arrow table that holds plain values. */
export interface ArrowColumn {
  readonly name: string;
  readonly batches: readonly Batch<unknown>[];
  /** How it counts, if it is one of moments, and whether they are moments the world over. */
  readonly moments?: { readonly unit: TimestampUnit; readonly zoned: boolean };
}

/** The numbers of https://github.com/apache/arrow/blob/main/format/Schema.fbs for what has one value a cell. */
const NULL = 1;
const INT = 2;
const FLOAT = 3;
const UTF8 = 5;
const BOOL = 6;
const DECIMAL = 7;
const DATE = 8;
const TIME = 9;
const TIMESTAMP = 10;
const DURATION = 18;
const LARGE_UTF8 = 20;
const RUN_END_ENCODED = 22;
const UTF8_VIEW = 24;
const PLAIN: ReadonlySet<number> = new Set([
  NULL,
  INT,
  FLOAT,
  UTF8,
  BOOL,
  DECIMAL,
  DATE,
  TIME,
  TIMESTAMP,
  DURATION,
  LARGE_UTF8,
  RUN_END_ENCODED,
  UTF8_VIEW,
]);
const TIMESTAMP_UNITS: readonly TimestampUnit[] = ['s', 'ms', 'us', 'ns'];

/** Lists the columns of an Arrow table, and the names of those that hold no plain values. */
export function arrowColumns(table: Table): { columns: ArrowColumn[]; others: string[] } {
  const columns: ArrowColumn[] = [];
  const others: string[] = [];
  for (const [i, { name, type }] of table.schema.fields.entries()) {
    const values = 'dictionary' in type ? type.dictionary : type;
    const moments = momentsOf(values);
    if (PLAIN.has(values.typeId))
      columns.push({ name, batches: table.children[i]!.data, ...(moments && { moments }) });
    else others.push(name);
  }
  return { columns, others };
}

function momentsOf(type: DataType): ArrowColumn['moments'] | undefined {
  // flechette gives dates as milliseconds, whichever unit they are stored in.
  if (type.typeId === DATE) return { unit: 'ms', zoned: false };
  if (type.typeId !== TIMESTAMP) return undefined;
  return { unit: TIMESTAMP_UNITS[type.unit]!, zoned: Boolean(type.timezone) };
}

/** The cells of one record batch, of the length that the first of its columns has. */
export function arrowCells({ name, batches, moments }: ArrowColumn, index: number, length: number): Cells {
  const batch = batches[index];
  // Looked at before anything is made of a length that the file only claims.
  if (batch?.length !== length) throw new Error(`column ${name} has ${batch?.length} rows, not ${length}`);
  const stored = storedLength(batch);
  if (stored < length) throw new Error(`column ${name} ends after ${stored} of ${length} rows`);
  const cells = batch.slice(0, length) as ArrayLike<Cell>;
  if (!moments) return cells;
  const milliseconds = epochMilliseconds(cells as ArrayLike<number | bigint | null>, moments.unit);
  return { milliseconds, zoned: moments.zoned };
}

/** The rows that the buffers of a batch have bytes for. */
function storedLength({ type, values, offsets, children }: Batch<unknown>): number {
  if (offsets) return offsets.length - 1;
  if (type.typeId === BOOL) return 8 * (values?.length ?? 0);
  // A few runs may stand for any number of rows, which `limits.rows` bounds.
  return type.typeId === NULL || children ? Infinity : (values?.length ?? 0);
}
