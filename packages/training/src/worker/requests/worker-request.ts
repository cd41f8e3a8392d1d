import type { PackedError } from './packed-error.ts';

/** A Web Worker, or a `Worker` of node:worker_threads, that serves what it is asked. */
export interface ServingWorker {
  postMessage(message: unknown, transfer: never[]): void;
}

/** What a worker is asked to do, as plain data. It answers through `port`, and stops when anything arrives there. */
export interface WorkerRequest {
  /** Which of the servers in the worker is meant. */
  readonly retrace: string;
  readonly port: MessagePort;
}

/** The last answer where the request could not be served. */
export interface FailedReply {
  readonly kind: 'failed';
  readonly error: PackedError;
}
