import { argumentError } from '@retrace/errors';

/** A column to write: numbers or text, one for each row. */
export interface CsvColumn {
  readonly name: string;
  readonly values: ArrayLike<number> | ArrayLike<string>;
}

/**
 * Returns the number of rows.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if there is no column, if their lengths differ, or for an infinite value.
 */
export function checkColumns(columns: readonly CsvColumn[]): number {
  if (columns.length === 0) throw argumentError('columns', 'at least one column', columns);
  const rows = columns[0]!.values.length;
  for (const [i, { values }] of columns.entries()) {
    if (values.length !== rows)
      throw argumentError(`columns[${i}].values`, `${rows} values, as the first`, values);
    for (let row = 0; row < rows; row++)
      if (values[row] === Infinity || values[row] === -Infinity)
        throw argumentError(
          `columns[${i}].values[${row}]`,
          'a finite number, or NaN where missing',
          values[row],
        );
  }
  return rows;
}
