import { argumentError } from '@retrace/errors';
import { packError } from './packed-error.ts';
import type { FailedReply, WorkerRequest } from './worker-request.ts';

/** How a server answers one request. */
export interface Conversation<Reply> {
  reply(message: Reply, transfer?: Transferable[]): void;
  /** Aborted once nobody waits for the answer. */
  readonly signal: AbortSignal;
}

/**
 * Makes this worker, a Web Worker or a thread of Node, serve the requests of one kind; others are left alone. What
 * `serve` throws is the answer `{ kind: 'failed', error }`.
 *
 * @param name The function that the worker's module calls, for the error.
 * @throws `RETRACE_INVALID_ARGUMENT` where there is no worker to serve in.
 */
export function serveRequests<Request extends WorkerRequest, Reply>(
  name: string,
  kind: Request['retrace'],
  serve: (request: Request, conversation: Conversation<Reply>) => Promise<void>,
): void {
  const receive = (message: unknown) => {
    if ((message as Partial<WorkerRequest> | null)?.retrace === kind) void answer(message as Request, serve);
  };
  const scope = globalThis as unknown as { importScripts?: unknown } & EventTarget;
  if (typeof scope.importScripts === 'function') {
    scope.addEventListener('message', (event) => receive((event as MessageEvent).data));
    return;
  }
  // Not an import: bundlers for pages would look for the module.
  const port = globalThis.process?.getBuiltinModule?.('node:worker_threads')?.parentPort;
  if (!port)
    throw argumentError(
      `${name}()`,
      'called in a worker',
      'the main thread',
      'Move it to a module of its own.',
    );
  port.on('message', receive);
}

async function answer<Request extends WorkerRequest, Reply>(
  request: Request,
  serve: (request: Request, conversation: Conversation<Reply>) => Promise<void>,
): Promise<void> {
  const { port } = request;
  const reply = (message: Reply | FailedReply, transfer: Transferable[] = []) =>
    port.postMessage(message, transfer);
  const controller = new AbortController();
  port.onmessage = () => controller.abort();
  try {
    await serve(request, { reply, signal: controller.signal });
  } catch (error) {
    reply({ kind: 'failed', error: packError(error) });
  }
}
