export { type RepliesOptions, repliesOf } from './replies-of.ts';
export { type Conversation, serveRequests } from './serve-requests.ts';
export type { ServingWorker, WorkerRequest } from './worker-request.ts';
