import { checkInteger } from '@retrace/errors';
import type { Series } from './series.ts';

/** Returns the rows `[from, to)` of a series as views of its arrays; `RETRACE_INVALID_ARGUMENT` if it has no such rows. */
export function sliceSeries(series: Series, from: number, to: number): Series {
  const { id, features, time, values, observed, labels } = series;
  checkInteger('to', to, { min: 0, max: time.length });
  checkInteger('from', from, { min: 0, max: to });
  const width = features.length;
  return {
    id,
    features,
    time: time.subarray(from, to),
    values: values.subarray(from * width, to * width),
    ...(observed && { observed: observed.subarray(from * width, to * width) }),
    ...(labels && { labels: labels.subarray(from, to) }),
  };
}
