import { checkInteger, checkKeys, checkNumber, checkOneOf, checkRecord } from '@retrace/errors';

/** How the scores of a run are smoothed over its past rows: by an exponentially weighted mean, or by their median. */
export type Smoothing =
  | {
      readonly kind: 'ewma';
      /** The number of rows after which a row weighs half as much, more than 0. */
      readonly halfLife: number;
    }
  | {
      readonly kind: 'median';
      /** The number of rows, the row itself among them, from 1 to 10,000. */
      readonly rows: number;
    };

/** Returns `value` if it describes a smoothing. */
export function checkSmoothing(argument: string, value: unknown): Smoothing {
  const fields = checkRecord(argument, value);
  const kind = checkOneOf(`${argument}.kind`, fields.kind, ['ewma', 'median']);
  checkKeys(argument, fields, ['kind', kind === 'ewma' ? 'halfLife' : 'rows']);
  if (kind === 'median') {
    return { kind, rows: checkInteger(`${argument}.rows`, fields.rows, { min: 1, max: 10_000 }) };
  }
  return {
    kind,
    halfLife: checkNumber(`${argument}.halfLife`, fields.halfLife, { min: Number.MIN_VALUE }),
  };
}
