import { describe, expect, it } from 'vitest';
import { failureOf } from './failure.ts';

describe('failureOf', () => {
  it('calls what is no RetraceError a bug, with its stack', () => {
    const failure = failureOf(new TypeError('x is undefined'), { command: undefined, signal: undefined });
    expect(failure).toMatchObject({ exitCode: 3, code: 'RETRACE_INTERNAL' });
    expect(failure?.message).toMatch(/^This is a bug of retrace.*TypeError: x is undefined\n\s+at /s);
  });

  it('takes an abort for one only if it is the reason of what was thrown', () => {
    const signal = AbortSignal.abort('SIGTERM');
    expect(failureOf('SIGTERM', { command: undefined, signal })?.exitCode).toBe(143);
    expect(failureOf(new Error('else'), { command: undefined, signal })?.exitCode).toBe(3);
  });
});
