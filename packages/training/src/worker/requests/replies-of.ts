import { RetraceError } from '@retrace/errors';
import { unpackError } from './packed-error.ts';
import type { FailedReply, ServingWorker, WorkerRequest } from './worker-request.ts';

export interface RepliesOptions {
  readonly signal?: AbortSignal | undefined;
  /** The function that the worker's module must call, for errors. */
  readonly server: string;
  /** The arguments that the request holds, for errors. */
  readonly sent: readonly string[];
}

/**
 * Asks a worker, and yields its answers one by one until the caller leaves the loop, which also stops the worker's part.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for what cannot be copied; what the worker's server throws, or
 * `RETRACE_WORKER_FAILED` for any error without a code; `RETRACE_WORKER_LOST` if the worker ends or its module cannot be
 * loaded; the reason of `signal` once that is aborted.
 */
export async function* repliesOf<Reply extends { readonly kind: string }>(
  worker: ServingWorker,
  request: Omit<WorkerRequest, 'port'>,
  { signal, server, sent }: RepliesOptions,
): AsyncGenerator<Reply, never> {
  signal?.throwIfAborted();
  const { port1: port, port2 } = new MessageChannel();
  const inbox = createInbox<Reply | FailedReply>(port, server);
  const forget = onFailure(worker, inbox.fail);
  const stop = () => port.postMessage('stop');
  signal?.addEventListener('abort', stop);
  try {
    post(worker, { ...request, port: port2 }, sent);
    for (;;) {
      const reply = await inbox.next();
      if (isFailed(reply)) {
        signal?.throwIfAborted();
        throw unpackError(reply.error);
      }
      yield reply;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    forget();
    // Also where the loop was left: the worker may have more to do.
    stop();
    port.close();
  }
}

function isFailed(reply: { readonly kind: string }): reply is FailedReply {
  return reply.kind === 'failed';
}

function post(worker: ServingWorker, request: WorkerRequest, sent: readonly string[]): void {
  try {
    worker.postMessage(request, [request.port] as never[]);
  } catch (cause) {
    const names = sent.map((name) => `\`${name}\``);
    throw new RetraceError(
      'RETRACE_INVALID_ARGUMENT',
      `${names.slice(0, -1).join(', ')} and ${names.at(-1)} must be plain data, which can be copied to a worker: ${cause}`,
      {},
      { cause },
    );
  }
}

interface Inbox<Reply> {
  /** Resolves to the next reply, in order; rejects once there can be no more. */
  next(): Promise<Reply>;
  fail(reason: string): void;
}

function createInbox<Reply>(port: MessagePort, server: string): Inbox<Reply> {
  const replies: Reply[] = [];
  let lost: RetraceError | undefined;
  let wake = () => {};
  const fail = (reason: string) => {
    lost ??= new RetraceError(
      'RETRACE_WORKER_LOST',
      `The worker ended before the training did: ${reason}. Its module must call \`${server}\`, and nothing may ` +
        'terminate it meanwhile.',
      { reason },
    );
    wake();
  };
  port.onmessage = ({ data }: MessageEvent<Reply>) => {
    replies.push(data);
    wake();
  };
  // Fires when the other end is gone, in Node and in newer browsers.
  port.addEventListener('close', () => fail('its port was closed'));
  return {
    async next() {
      while (replies.length === 0) {
        if (lost) throw lost;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return replies.shift()!;
    },
    fail,
  };
}

/** The ways in which Web Workers and Node's tell of an error that nothing caught. */
interface Emitter {
  on?(event: 'error', listener: (error: unknown) => void): void;
  off?(event: 'error', listener: (error: unknown) => void): void;
  addEventListener?(event: 'error', listener: (error: unknown) => void): void;
  removeEventListener?(event: 'error', listener: (error: unknown) => void): void;
}

function onFailure(worker: ServingWorker, fail: (reason: string) => void): () => void {
  const emitter = worker as Emitter;
  const listener = (error: unknown) =>
    fail((error as { message?: string })?.message || 'its module could not be loaded');
  if (emitter.on) emitter.on('error', listener);
  else emitter.addEventListener?.('error', listener);
  return () => {
    if (emitter.off) emitter.off('error', listener);
    else emitter.removeEventListener?.('error', listener);
  };
}
