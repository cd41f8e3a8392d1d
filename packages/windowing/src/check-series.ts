import { argumentError, RetraceError } from '@retrace/errors';
import type { Series } from './series.ts';

/** Refuses what is no list of series with arrays that fit each other and the same features in the same order. */
export function checkSeries(series: readonly Series[]): void {
  if (!Array.isArray(series) || series.length === 0) {
    throw argumentError('series', 'an array of at least one series', series);
  }
  const { features } = series[0]!;
  for (const [index, each] of series.entries()) {
    checkShape(each, `series[${index}]`);
    checkFeatures(each, features);
  }
}

/** Refuses a series with other features, or in another order, than expected (`RETRACE_FEATURES`). */
export function checkFeatures({ id, features }: Series, expected: readonly string[]): void {
  if (features === expected) return;
  if (features.length === expected.length && features.every((name, i) => name === expected[i])) return;
  throw new RetraceError(
    'RETRACE_FEATURES',
    `Series '${id}' must have the features ${expected.join(', ')}, in that order. Received: ${features.join(', ')}. ` +
      'Select the same columns for every series.',
    { series: id, expected, received: features },
  );
}

function checkShape(series: Series, argument: string): void {
  const { time, features, values, observed, labels } = series;
  if (!(time instanceof Float64Array) || !Array.isArray(features)) {
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
