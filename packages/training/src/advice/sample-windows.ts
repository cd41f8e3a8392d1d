import type { WindowBatch, Windows } from '@retrace/windowing';

/** Gathers windows from all over a set, at most `most` of them: enough to judge by, and always the same. */
export function sampleWindows(windows: Windows, most: number): WindowBatch {
  const count = Math.min(most, windows.length);
  return windows.batch(
    Uint32Array.from({ length: count }, (_, k) => Math.floor((k * windows.length) / count)),
  );
}
