import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { abortOnSignals } from './abort-on-signals.ts';

describe('abortOnSignals', () => {
  it.each(['SIGINT', 'SIGTERM'])('aborts on %s, and leaves the next signal to the system', (signal) => {
    const target = new EventEmitter();
    const aborted = abortOnSignals(target);
    expect(aborted.aborted).toBe(false);
    target.emit(signal);
    expect([aborted.aborted, aborted.reason]).toEqual([true, signal]);
    expect(target.eventNames()).toEqual([]);
  });
});
