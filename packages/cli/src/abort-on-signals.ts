const signals = ['SIGINT', 'SIGTERM'] as const;

/** A process, as far as signals reach it. */
interface Signalled {
  on(signal: (typeof signals)[number], listener: () => void): unknown;
  off(signal: (typeof signals)[number], listener: () => void): unknown;
}

/**
 * Makes the signal that is aborted, with the name for its reason, when a process is told to end. From then on it listens
 * no more, so that being told again ends the process at once.
 */
export function abortOnSignals(target: Signalled): AbortSignal {
  const controller = new AbortController();
  const listeners = signals.map((signal) => [signal, () => end(signal)] as const);
  const end = (reason: string): void => {
    for (const [signal, listener] of listeners) target.off(signal, listener);
    controller.abort(reason);
  };
  for (const [signal, listener] of listeners) target.on(signal, listener);
  return controller.signal;
}
