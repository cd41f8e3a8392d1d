import { fitScaler, overlapAggregate, type Series, slidingWindows } from '@retrace/windowing';

/** The rows, features and windows of every task, as peers/windows.py has them. */
export const sizes = { rows: 50_000, features: 38, lookback: 100, batch: 256, aggregated: 2000 } as const;

/** Something to be done with windows, once a call. */
export interface WindowTask {
  readonly name: string;
  readonly what: string;
  run(): unknown;
}

const { rows, features, lookback, batch, aggregated } = sizes;

/** Makes the tasks, in the order of their table; the last is what the first cannot beat. */
export function windowTasks(): WindowTask[] {
  const single = series(rows, Float32Array);
  const double = series(rows, Float64Array);
  const windows = slidingWindows([single], { lookback });
  const indices = Array.from({ length: batch }, (_, k) => (k * 7919) % windows.length);
  const gatherInto = (from: typeof windows) => {
    const into = from.batch(indices);
    return () => from.batch(indices, into);
  };
  const few = slidingWindows([series(aggregated + lookback - 1, Float32Array)], { lookback });
  const { input } = few.batch(Array.from({ length: few.length }, (_, index) => index));
  const [from, to] = [
    new Float32Array(batch * lookback * features),
    new Float32Array(batch * lookback * features),
  ];
  const scaler = fitScaler([double]);
  return [
    { name: 'gather', what: 'gather float32', run: gatherInto(windows) },
    {
      name: 'round',
      what: 'gather float64 as float32',
      run: gatherInto(slidingWindows([double], { lookback })),
    },
    {
      name: 'scale',
      what: 'gather float64, scaled',
      run: gatherInto(slidingWindows([double], { lookback }, { scaler })),
    },
    { name: 'mean', what: 'aggregate, mean', run: () => overlapAggregate(few, input) },
    {
      name: 'median',
      what: 'aggregate, median',
      run: () => overlapAggregate(few, input, { reduce: 'median' }),
    },
    { name: 'copy', what: 'copy as many float32 in one piece', run: () => to.set(from) },
  ];
}

function series(length: number, Values: typeof Float32Array | typeof Float64Array): Series {
  return {
    id: 'sines',
    features: Array.from({ length: features }, (_, k) => `f${k}`),
    time: Float64Array.from({ length }, (_, row) => row),
    values: new Values(length * features).map((_, cell) => Math.sin(cell)),
  };
}
