import { argumentError, RetraceError } from '@retrace/errors';
import type { Series } from './series.ts';

/**
 * Refuses what is no list of series with arrays that fit each other, rows in ascending time and the same features in
 * the same order.
 */
export function checkSeries(series: readonly Series[]): void {
  if (!Array.isArray(series) || series.length === 0) {
    throw argumentError('series', 'an array of at least one series', series);
  }
  for (const [index, each] of series.entries()) {
    checkShape(each, `series[${index}]`);
    checkFeatures(each, series[0]!.features);
    checkOrder(each);
  }
}

/** Refuses a series with other features, or in another order, than expected (`RETRACE_FEATURES`). */
export function checkFeatures(
  { id, features }: Pick<Series, 'id' | 'features'>,
  expected: readonly string[],
): void {
  if (features === expected) return;
  if (features.length === expected.length && features.every((name, i) => name === expected[i])) return;
  throw new RetraceError(
    'RETRACE_FEATURES',
    `Series '${id}' must have the features ${expected.join(', ')}, in that order. Received: ${features.join(', ')}. ` +
      'Select the same columns for every series.',
    { series: id, expected, received: features },
  );
}

/** Refuses a series with a row earlier than the row before it (`RETRACE_UNSORTED`): a split of it would leak. */
export function checkOrder({ id, time }: Pick<Series, 'id' | 'time'>): void {
  for (let row = 1; row < time.length; row++) {
    if (time[row]! >= time[row - 1]!) continue;
    throw new RetraceError(
      'RETRACE_UNSORTED',
      `Row ${row} of series '${id}' must not be earlier than the row before it. ` +
        `Received: ${time[row]} after ${time[row - 1]}. Sort the rows, or have \`groupByEntity\` do it.`,
      { series: id, row, time: time[row], before: time[row - 1] },
    );
  }
}

function checkShape(series: Series, argument: string): void {
  const { time, features, values, observed, labels } = Object(series) as Partial<Series>;
  const isFloats = values instanceof Float32Array || values instanceof Float64Array;
  if (!(time instanceof Float64Array) || !Array.isArray(features) || !isFloats) {
    throw argumentError(argument, 'a series, as `createSeries` makes one', series);
  }
  const cells = time.length * features.length;
  if (values.length !== cells) throw argumentError(`${argument}.values`, `of length ${cells}`, values);
  if (observed && observed.length !== cells) {
    throw argumentError(`${argument}.observed`, `of length ${cells}`, observed);
  }
  if (labels && labels.length !== time.length) {
    throw argumentError(`${argument}.labels`, `of length ${time.length}`, labels);
  }
}
