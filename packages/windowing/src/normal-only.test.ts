import { describe, expect, it } from 'vitest';
import { createSeries, type NormalOnlyOptions, normalOnly, slidingWindows } from './index.ts';

const time = [0, 1, 2, 3, 4, 5, 6, 7];
const labelled = createSeries({
  id: 'a',
  features: ['x'],
  time,
  values: time,
  labels: [0, 0, 0, 1, 1, 0, 0, 0],
});

function rows(margin?: number) {
  return normalOnly([labelled], margin === undefined ? {} : { margin }).map(({ values }) => [...values]);
}

describe('normalOnly', () => {
  it('cuts labelled rows out, so that no window spans where they were', () => {
    expect(rows()).toEqual([
      [0, 1, 2],
      [5, 6, 7],
    ]);
    const windows = slidingWindows(normalOnly([labelled]), { lookback: 3 });
    expect([...windows.batch([0, 1]).input]).toEqual([0, 1, 2, 5, 6, 7]);
    expect(windows.length).toBe(2);
  });

  it('cuts a margin around them too, down to nothing', () => {
    expect(rows(1)).toEqual([
      [0, 1],
      [6, 7],
    ]);
    expect(rows(3)).toEqual([]);
  });

  it('gives views, and series without labels as they are', () => {
    const { labels: _, ...bare } = labelled;
    expect(normalOnly([bare])).toEqual([bare]);
    expect(normalOnly([labelled])[1]!.values.buffer).toBe(labelled.values.buffer);
  });

  it.each([
    ['margin', { margin: -1 }],
    ['options', { purge: 1 }],
  ])('refuses a wrong `%s`', (argument, options) => {
    expect(() => normalOnly([labelled], options as NormalOnlyOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
