import { RetraceError } from '@retrace/errors';

/** Makes the error for tfjs-node or its addon not loading. */
export function tensorflowUnavailable(cause: unknown): RetraceError {
  const message = cause instanceof Error ? cause.message : String(cause);
  const installed = (cause as { code?: unknown } | null)?.code !== 'ERR_MODULE_NOT_FOUND';
  const reason = message.split('\n', 1)[0]!.trim().replace(/\.$/, '');
  const remedy = installed
    ? 'Run `npx retrace-node setup`'
    : 'Run `npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0` and then `npx retrace-node setup`';
  return new RetraceError(
    'RETRACE_TENSORFLOW_UNAVAILABLE',
    `libtensorflow could not be loaded: ${reason}. ${remedy}, or use \`startWasm()\` of @retrace/runtime-wasm, which ` +
      'needs nothing installed.',
    { reason, installed },
    { cause },
  );
}
