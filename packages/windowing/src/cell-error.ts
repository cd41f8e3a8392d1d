import { RetraceError, received } from '@retrace/errors';

/** Where a cell is, in the words of an error. */
export interface CellPlace {
  /** What holds the row: `series 'pump-1'`, `the table`. */
  readonly owner: string;
  readonly row: number;
  readonly feature: string;
}

/** Makes the `RETRACE_NOT_FINITE` error for a cell that holds no finite number. */
export function cellError({ owner, row, feature }: CellPlace, value: unknown, remedy: string): RetraceError {
  return new RetraceError(
    'RETRACE_NOT_FINITE',
    `Row ${row} of ${owner} must have a finite number as '${feature}'. Received: ${received(value)}. ${remedy}`,
    { owner, row, feature, received: received(value) },
  );
}
