import { describe, expect, it } from 'vitest';
import { serveTrials } from './index.ts';

describe('serveTrials(options)', () => {
  it.each<[string, object, string]>([
    ['the main thread', { start: async () => {} }, '`serveTrials()` must be called in a worker'],
    ['no way to start a runtime', {}, '`start` must be a function'],
    ['an unknown option', { start: async () => {}, threads: 1 }, '`start`'],
  ])('refuses %s', (_, options, message) => {
    expect(() => serveTrials(options as never)).toThrow(message);
  });
});
