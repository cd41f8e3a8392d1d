import { RetraceError } from '@retrace/errors';
import type { Series } from '@retrace/windowing';

/** Refuses a series whose columns are not those of the training data, in that order (`RETRACE_FEATURES`). */
export function checkFeatures(series: Series, expected: readonly string[]): void {
  const { id, features } = series;
  if (features.length === expected.length && features.every((name, index) => name === expected[index]))
    return;
  throw new RetraceError(
    'RETRACE_FEATURES',
    `Series '${id}' must have the features it was trained on, in that order: ${expected.join(', ')}. ` +
      `Received: ${features.join(', ')}. Select them when you read the table.`,
    { id, expected, received: features },
  );
}
