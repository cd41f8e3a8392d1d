import { lead } from './window-spec.ts';
import type { WindowOrigin, WindowSpec } from './windows.ts';

/** Tells whether any row of a window, in or out, is labelled anomalous. */
export function isLabelled(
  labels: Uint8Array | undefined,
  { row, padding }: Pick<WindowOrigin, 'row' | 'padding'>,
  { lookback, horizon, shift }: Required<WindowSpec>,
): boolean {
  if (!labels) return false;
  const end = row - padding + lookback;
  return (
    anyLabelled(labels, row, end) || anyLabelled(labels, Math.max(row, end + shift), end + shift + horizon)
  );
}

/** The row after the last row that a window reaches, in or out. */
export function endOf({ row, padding }: WindowOrigin, spec: Required<WindowSpec>): number {
  return row - padding + spec.lookback + lead(spec);
}

function anyLabelled(labels: Uint8Array, from: number, to: number): boolean {
  for (let row = from; row < to; row++) if (labels[row] === 1) return true;
  return false;
}
