import type { RowChunk } from './row-chunk.ts';

/** Leaves out the rows in which a feature is missing. */
export function dropMissing(chunk: RowChunk): RowChunk {
  const { time, entity, values, labels, parameter, features } = chunk;
  const width = features.length;
  let rows = 0;
  for (let row = 0; row < time.length; row++) {
    if (values.subarray(row * width, (row + 1) * width).some(Number.isNaN)) continue;
    // In place: a row never moves down.
    values.copyWithin(rows * width, row * width, (row + 1) * width);
    time[rows] = time[row]!;
    entity[rows] = entity[row]!;
    if (labels) labels[rows] = labels[row]!;
    if (parameter) parameter[rows] = parameter[row]!;
    rows++;
  }
  return {
    ...chunk,
    time: time.subarray(0, rows),
    entity: entity.subarray(0, rows),
    values: values.subarray(0, rows * width),
    ...(labels && { labels: labels.subarray(0, rows) }),
    ...(parameter && { parameter: parameter.subarray(0, rows) }),
  };
}
