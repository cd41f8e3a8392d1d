import { describe, expect, it } from 'vitest';
import { createPacer } from './pacer.ts';

describe('createPacer({ interval, signal })', () => {
  it('gives timers their turn once the interval has passed, and not before', async () => {
    const pace = createPacer({ interval: 20 });
    await pace();
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 0);
    await pace();
    expect(fired).toBe(false);
    const start = performance.now();
    while (performance.now() - start < 25);
    await pace();
    // A timer that is due runs at the latest in the turn after.
    await new Promise((resolve) => setImmediate(resolve));
    expect(fired).toBe(true);
  });

  it('throws the reason of an aborted signal', async () => {
    const controller = new AbortController();
    const pace = createPacer({ signal: controller.signal });
    await pace();
    controller.abort(new Error('enough'));
    await expect(pace()).rejects.toThrow('enough');
  });

  it('refuses what is no signal', () => {
    expect(() => createPacer({ signal: new AbortController() as never })).toThrow(
      '`signal` must be an AbortSignal',
    );
  });

  it('works without setImmediate, as in browsers', async () => {
    const { setImmediate } = globalThis;
    Reflect.deleteProperty(globalThis, 'setImmediate');
    try {
      let fired = false;
      setTimeout(() => {
        fired = true;
      }, 0);
      const pace = createPacer({ interval: 0 });
      for (let turn = 0; turn < 1000 && !fired; turn++) await pace();
      expect(fired).toBe(true);
    } finally {
      globalThis.setImmediate = setImmediate;
    }
  });
});
