import { RetraceError } from '@retrace/errors';
import type { WindowBatch, Windows } from '@retrace/windowing';

const batchSize = 256;

/** The fraction of the golden ratio: the multiples of it that a sequence takes modulo 1 stay evenly spread (Weyl). */
export const goldenFraction: number = (Math.sqrt(5) - 1) / 2;

/**
 * Gathers all windows, or `most` of them, in batches.
 *
 * Of more windows than `most` one is taken from each of `most` equal stretches, at a place that moves with the golden
 * ratio, so that no daily or weekly rhythm of the series falls in step with the sampling. No randomness is involved.
 *
 * @throws `RETRACE_TOO_FEW_WINDOWS` without windows.
 */
export function* sampledBatches(windows: Windows, most: number): Generator<WindowBatch> {
  checkWindowCount(windows, 1);
  const count = Math.min(most, windows.length);
  const stretch = windows.length / count;
  for (let first = 0; first < count; first += batchSize) {
    const size = Math.min(batchSize, count - first);
    yield windows.batch(
      Array.from({ length: size }, (_, k) => {
        const place = count < windows.length ? ((first + k) * goldenFraction) % 1 : 0;
        return Math.floor((first + k + place) * stretch);
      }),
    );
  }
}

/** Refuses fewer windows than a baseline needs to be fitted on. */
export function checkWindowCount({ length }: Windows, needed: number): void {
  if (length >= needed) return;
  throw new RetraceError(
    'RETRACE_TOO_FEW_WINDOWS',
    `The baseline needs at least ${needed} windows to be fitted on. Received: ${length}. Give longer series, or lower \`lookback\`.`,
    { windows: length, needed },
  );
}
