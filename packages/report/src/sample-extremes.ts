/** A curve to draw; a `NaN` value breaks the line. */
export interface Curve {
  readonly time: number[];
  readonly values: number[];
}

export interface SampleExtremesOptions {
  /** How many equal spans of time to keep the extremes of, typically the pixels the curve will cover. */
  readonly columns: number;
  /** The longest step, in units of `time`, that a line may bridge; default none. */
  readonly maxGap?: number;
}

interface Point {
  readonly order: number;
  readonly time: number;
  readonly value: number;
}

/**
 * Thins a curve without hiding anything that a screen could show.
 *
 * A series of at most `2 · columns` rows is kept whole. Of a longer one, each column of time keeps its lowest
 * and highest value, and its first and last break: an extreme is never averaged away, and no gap is bridged.
 * After Jugel et al. 2014, "M4: a visualization-oriented time series data aggregation", with minimum and
 * maximum only, which leaves an error of at most one column.
 *
 * @param time `[rows]`, ascending.
 * @param values `[rows]`, `NaN` where missing.
 * @returns Points in the order of `time`.
 */
export function sampleExtremes(
  time: ArrayLike<number>,
  values: ArrayLike<number>,
  { columns, maxGap = Infinity }: SampleExtremesOptions,
): Curve {
  const rows = time.length;
  const start = time[0] ?? 0;
  const span = (time[rows - 1] ?? 0) - start;
  const whole = rows <= 2 * columns;
  const curve: Curve = { time: [], values: [] };
  let column = 0;
  let kept: Point[] = [];
  for (let row = 0; row < rows; row++) {
    const here = time[row]!;
    const next = span === 0 ? 0 : Math.min(columns - 1, Math.floor(((here - start) / span) * columns));
    if (next !== column) {
      append(curve, kept, whole);
      kept = [];
      column = next;
    }
    if (row > 0 && here - time[row - 1]! > maxGap) {
      kept.push({ order: row - 0.5, time: here, value: Number.NaN });
    }
    kept.push({ order: row, time: here, value: values[row]! });
  }
  append(curve, kept, whole);
  return curve;
}

function append(curve: Curve, points: readonly Point[], whole: boolean): void {
  for (const { time, value } of whole ? points : extremes(points)) {
    curve.time.push(time);
    curve.values.push(value);
  }
}

function extremes(points: readonly Point[]): Point[] {
  const kept = new Set<Point>();
  const breaks = points.filter(({ value }) => Number.isNaN(value));
  const finite = points.filter(({ value }) => !Number.isNaN(value));
  if (breaks.length > 0) kept.add(breaks[0]!).add(breaks.at(-1)!);
  if (finite.length > 0) {
    kept.add(finite.reduce((low, point) => (point.value < low.value ? point : low)));
    kept.add(finite.reduce((high, point) => (point.value > high.value ? point : high)));
  }
  return [...kept].sort((a, b) => a.order - b.order);
}
