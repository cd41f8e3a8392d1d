import type { SchemaElement, SchemaTree } from 'hyparquet';
import type { TimestampUnit } from './epoch-milliseconds.ts';

/** A column of a Parquet file that holds plain values. */
export interface ParquetColumn {
  readonly name: string;
  readonly element: SchemaElement;
  /** How it counts, if it is one of moments, and whether they are moments the world over. */
  readonly moments?: { readonly unit: TimestampUnit; readonly zoned: boolean };
}

/** Lists the columns of a Parquet file, and the names of those that hold no plain values; throws Error for no name. */
export function parquetColumns(schema: SchemaTree): { columns: ParquetColumn[]; others: string[] } {
  const columns: ParquetColumn[] = [];
  const others: string[] = [];
  for (const { element, children } of schema.children) {
    if (typeof element.name !== 'string') throw new Error('a column without a name');
    const moments = momentsOf(element);
    if (children.length === 0 && element.repetition_type !== 'REPEATED' && !isBytes(element))
      columns.push({ name: element.name, element, ...(moments && { moments }) });
    else others.push(element.name);
  }
  return { columns, others };
}

function isBytes({ type, converted_type, logical_type }: SchemaElement): boolean {
  return (
    type === 'FIXED_LEN_BYTE_ARRAY' &&
    !converted_type &&
    !['FLOAT16', 'UUID'].includes(`${logical_type?.type}`)
  );
}

function momentsOf({
  type,
  converted_type,
  logical_type,
}: SchemaElement): ParquetColumn['moments'] | undefined {
  if (logical_type?.type === 'TIMESTAMP') {
    const unit = ({ MILLIS: 'ms', MICROS: 'us', NANOS: 'ns' } as const)[logical_type.unit];
    return { unit, zoned: logical_type.isAdjustedToUTC };
  }
  if (converted_type === 'DATE' || logical_type?.type === 'DATE') return { unit: 'days', zoned: false };
  if (converted_type === 'TIMESTAMP_MILLIS') return { unit: 'ms', zoned: true };
  if (converted_type === 'TIMESTAMP_MICROS') return { unit: 'us', zoned: true };
  return type === 'INT96' ? { unit: 'ns', zoned: false } : undefined;
}

/** A column's element, of moments as the whole numbers that they are stored as, which spares a Date for each. */
export function storedElement(element: SchemaElement): SchemaElement {
  if (!momentsOf(element) || element.type === 'INT96') return element;
  const { converted_type: _, logical_type: __, ...stored } = element;
  return stored;
}
