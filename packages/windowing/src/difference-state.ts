import {
  argumentError,
  checkFormat,
  checkInteger,
  checkKeys,
  checkNames,
  checkNumber,
  checkRecord,
  checkState,
} from '@retrace/errors';
import type { Series } from './series.ts';

/** Where differences start, as plain JSON. */
export interface DifferenceState {
  readonly format: 'retrace-difference';
  readonly version: 1;
  readonly features: readonly string[];
  /** `[series]`, the runs of rows without a gap, in order. */
  readonly starts: readonly (readonly RunStart[])[];
}

export interface RunStart {
  /** The first row of the run. */
  readonly row: number;
  /** `[features]`, the first value observed in it, or null if there is none. */
  readonly values: readonly (number | null)[];
}

/** Checks a state field by field against the series that it is for; refuses it with `RETRACE_DIFFERENCE_STATE`. */
export function checkDifferenceState(value: unknown, series: readonly Series[]): DifferenceState {
  return checkState('RETRACE_DIFFERENCE_STATE', () => {
    const fields = checkRecord('state', value);
    checkFormat('state', fields, 'retrace-difference');
    checkKeys('state', fields, ['format', 'version', 'features', 'starts']);
    const features = checkNames('state.features', fields.features);
    const { starts } = fields;
    if (!Array.isArray(starts) || starts.length !== series.length) {
      throw argumentError('state.starts', `an array for each of ${series.length} series`, starts);
    }
    return {
      format: 'retrace-difference',
      version: 1,
      features,
      starts: starts.map((each: unknown, entity) =>
        checkStarts(`state.starts[${entity}]`, each, features.length, series[entity]!.time.length),
      ),
    };
  });
}

function checkStarts(argument: string, value: unknown, features: number, rows: number): RunStart[] {
  if (!Array.isArray(value) || (rows > 0 && value.length === 0))
    throw argumentError(argument, 'an array of runs', value);
  let least = 0;
  return value.map((each: unknown, index) => {
    const place = `${argument}[${index}]`;
    const fields = checkRecord(place, each);
    checkKeys(place, fields, ['row', 'values']);
    const row = checkInteger(`${place}.row`, fields.row, { min: least, max: index === 0 ? 0 : rows - 1 });
    least = row + 1;
    const { values } = fields;
    if (!Array.isArray(values) || values.length !== features) {
      throw argumentError(`${place}.values`, `an array of ${features} numbers`, values);
    }
    return {
      row,
      values: values.map((start: unknown, k) =>
        start === null ? null : checkNumber(`${place}.values[${k}]`, start),
      ),
    };
  });
}
