import type { Windows } from '@retrace/windowing';
import { type Baseline, checkBatch, presentCells, windowShape } from './baseline.ts';

/**
 * Makes the baseline that retraces each step by the last observed value of the same feature before it in the window,
 * and the first by itself: its residuals are the steps of the series.
 */
export function lastValue(windows: Windows): Baseline {
  const shape = windowShape(windows);
  const { lookback, features } = shape;
  return {
    name: 'last value',
    reconstruct(batch) {
      checkBatch(batch, shape);
      const present = presentCells(batch, shape);
      const retraced = new Float32Array(batch.input.length);
      for (let window = 0; window < batch.size; window++) {
        for (let feature = 0; feature < features; feature++) {
          let last: number | undefined;
          for (let step = 0; step < lookback; step++) {
            const cell = (window * lookback + step) * features + feature;
            const value = present(cell) ? batch.input[cell]! : undefined;
            retraced[cell] = last ?? value ?? 0;
            last = value ?? last;
          }
        }
      }
      return retraced;
    },
  };
}
