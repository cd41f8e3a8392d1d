import { argumentError, checkKeys } from '@retrace/errors';

export interface LockOptions {
  /**
   * Whether to take a folder's lock from a process of another host, of which nothing tells whether it still runs: only
   * for a caller who knows that it does not. The lock of a dead process of this host is taken without. Default false.
   */
  readonly takeOver?: boolean;
}

/** Returns the options with nothing left to default; refuses unknown ones and other values. */
export function checkLockOptions(options: LockOptions = {}): Required<LockOptions> {
  checkKeys('options', options, ['takeOver']);
  const { takeOver = false } = options;
  if (typeof takeOver === 'boolean') return { takeOver };
  throw argumentError('options.takeOver', 'true or false', takeOver);
}
