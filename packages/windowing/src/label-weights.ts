import { RetraceError } from '@retrace/errors';
import { isLabelled } from './window-rows.ts';
import type { Windows } from './windows.ts';

/**
 * Returns a weight for each window with which the labelled and the others count alike however few the one are: the
 * weights of each class add up to half of the number of windows, so that their mean is 1.
 *
 * For the loss give them to `weighWindows`, for draws to `drawWindows`.
 *
 * @returns `[windows]`.
 * @throws `RETRACE_ONE_CLASS` if all windows are labelled or none is.
 */
export function labelWeights(windows: Windows): Float64Array {
  const labelled = new Uint8Array(windows.length);
  for (let index = 0; index < windows.length; index++) {
    const origin = windows.origin(index);
    labelled[index] = isLabelled(origin.series.labels, origin, windows.spec) ? 1 : 0;
  }
  const positive = labelled.reduce((sum, label) => sum + label, 0);
  if (positive === 0 || positive === windows.length) {
    throw new RetraceError(
      'RETRACE_ONE_CLASS',
      `Windows must be of both classes to be balanced. Received: ${positive} labelled anomalous of ${windows.length}. ` +
        'Leave the weights out.',
      { labelled: positive, windows: windows.length },
    );
  }
  const [normal, anomalous] = [windows.length - positive, positive].map(
    (count) => windows.length / (2 * count),
  );
  return Float64Array.from(labelled, (label) => (label === 1 ? anomalous! : normal!));
}
