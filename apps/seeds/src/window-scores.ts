import type { LabelledScores } from '@retrace/scoring';
import type { WindowBatch, Windows } from '@retrace/windowing';
import { meanSquare } from './errors.ts';

/** Draws the windows of a batch again, `[size, timesteps, features]` or any other array to compare window by window. */
export type Retrace = (
  batch: WindowBatch,
) => Promise<{ readonly actual: Float32Array; readonly expected: Float32Array }>;

/** The mean squared error of each window, and whether it holds a labelled row. */
export async function windowScores(windows: Windows, retrace: Retrace): Promise<LabelledScores> {
  const scores = new Float64Array(windows.length);
  const labels = new Uint8Array(windows.length);
  const size = 512;
  for (let first = 0; first < windows.length; first += size) {
    const indices = Array.from({ length: Math.min(size, windows.length - first) }, (_, k) => first + k);
    const batch = windows.batch(indices);
    const { actual, expected } = await retrace(batch);
    const width = actual.length / batch.size;
    for (const [slot, index] of indices.entries()) {
      const of = (array: Float32Array) => array.subarray(slot * width, (slot + 1) * width);
      scores[index] = meanSquare(of(actual), of(expected));
      labels[index] = Number((batch.label?.[slot] ?? 0) > 0);
    }
  }
  return { scores, labels };
}
