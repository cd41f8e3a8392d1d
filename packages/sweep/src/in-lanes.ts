/**
 * Hands jobs, in order, to whichever lane is free, and resolves once all are done. The first job that rejects, or `signal`,
 * aborts the signal that jobs are given, and the promise rejects with its reason once all lanes have ended.
 */
export async function inLanes<Job, Lane>(
  jobs: Iterable<Job>,
  lanes: readonly Lane[],
  run: (job: Job, lane: Lane, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  signal?.throwIfAborted();
  const failure = new AbortController();
  const either = AbortSignal.any([failure.signal, ...(signal ? [signal] : [])]);
  const queue = jobs[Symbol.iterator]();
  const work = async (lane: Lane): Promise<void> => {
    for (let next = queue.next(); !next.done && !either.aborted; next = queue.next())
      await run(next.value, lane, either);
  };
  await Promise.all(lanes.map((lane) => work(lane).catch((error: unknown) => failure.abort(error))));
  either.throwIfAborted();
}
