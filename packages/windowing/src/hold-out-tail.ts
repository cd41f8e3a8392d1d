import { argumentError, RetraceError } from '@retrace/errors';
import { subsetWindows } from './subset-windows.ts';
import { endOf } from './window-rows.ts';
import type { Windows } from './windows.ts';

export interface HeldOut {
  readonly train: Windows;
  readonly validation: Windows;
}

/**
 * Holds out the last windows of each series, in time, for validation, and drops from training every window that
 * reaches a row of them, so that no row is in both.
 *
 * The share of each series is rounded with the remainder of the series before it, so that many short series together
 * still give `fraction` of the windows. Of windows that arrived as arrays the last are held out, and none is dropped.
 *
 * @param fraction In (0, 1), the share of windows held out.
 * @throws `RETRACE_TOO_FEW_WINDOWS` if nothing is left to train or to validate on; `RETRACE_INVALID_ARGUMENT`.
 */
export function holdOutTail(windows: Windows, fraction: number): HeldOut {
  if (typeof fraction !== 'number' || !(fraction > 0 && fraction < 1)) {
    throw argumentError('fraction', 'a number between 0 and 1, both excluded', fraction);
  }
  const train: number[] = [];
  const validation: number[] = [];
  let share = 0.5;
  for (const group of groups(windows)) {
    share += fraction * group.length;
    const held = Math.floor(share);
    share -= held;
    const tail = group.splice(group.length - held);
    const seam = tail.length > 0 ? tail[0]!.row : Infinity;
    for (const { index, end } of group) if (end <= seam) train.push(index);
    for (const { index } of tail) validation.push(index);
  }
  if (train.length === 0 || validation.length === 0) throw tooFew(windows, fraction, train, validation);
  return { train: subsetWindows(windows, train), validation: subsetWindows(windows, validation) };
}

interface WindowRows {
  readonly index: number;
  readonly row: number;
  readonly end: number;
}

/** The windows of each series in the order of their rows. */
function groups(windows: Windows): WindowRows[][] {
  const asArrays = windows.series.length === 0;
  const bySeries = Array.from({ length: asArrays ? 1 : windows.series.length }, (): WindowRows[] => []);
  for (let index = 0; index < windows.length; index++) {
    if (asArrays) {
      bySeries[0]!.push({ index, row: index, end: index + 1 });
      continue;
    }
    const origin = windows.origin(index);
    bySeries[origin.entity]!.push({ index, row: origin.row, end: endOf(origin, windows.spec) });
  }
  return bySeries.map((group) => group.sort((a, b) => a.row - b.row));
}

function tooFew(
  windows: Windows,
  fraction: number,
  train: readonly number[],
  validation: readonly number[],
): RetraceError {
  const { length } = windows;
  return new RetraceError(
    'RETRACE_TOO_FEW_WINDOWS',
    `Holding out ${fraction} of ${length} windows must leave some for training that share no row with those held out. ` +
      `Received: ${train.length} for training, ${validation.length} for validation. ` +
      'Give longer series, another fraction, or validation windows of your own.',
    { windows: length, fraction, train: train.length, validation: validation.length },
  );
}
