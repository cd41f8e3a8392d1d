import { RetraceError } from '@retrace/errors';
import { holdOutTail, type Windows } from '@retrace/windowing';

/** The windows to train on, and those to validate on. */
export interface ValidationSplit {
  readonly training: Windows;
  readonly validation: Windows | undefined;
}

/**
 * Takes the validation windows as given, or holds out a share: the last windows of each series in time, without
 * training on any that shares a row with them.
 *
 * @throws `RETRACE_NO_WINDOWS` if the share leaves nothing to train or to validate on.
 */
export function splitValidation(windows: Windows, validation: number | Windows | undefined): ValidationSplit {
  if (typeof validation !== 'number') return { training: windows, validation };
  const { train, validation: heldOut } = holdOutTail(windows, validation);
  if (train.length > 0 && heldOut.length > 0) return { training: train, validation: heldOut };
  const [part, remedy] = train.length === 0 ? ['train', 'smaller'] : ['validate', 'larger'];
  throw new RetraceError(
    'RETRACE_NO_WINDOWS',
    `\`validation: ${validation}\` of ${windows.length} windows leaves none to ${part} on, since windows that share ` +
      `rows are not split between the two. Choose a ${remedy} share, or pass validation windows of your own.`,
    { argument: 'validation', windows: windows.length, training: train.length, validation: heldOut.length },
  );
}
