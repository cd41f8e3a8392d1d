import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bits } from '../../fixtures/drawn-rows.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { eventChance } from './event-chance.ts';

/** Counts over all turns of the flags, by drawing each. */
function turned(labels: string, flags: string) {
  const rows = labels.length;
  let [tp, fp, fn] = [0, 0, 0];
  for (let turn = 0; turn < rows; turn++) {
    const now = flags.slice(turn) + flags.slice(0, turn);
    for (const { index, 0: event } of labels.matchAll(/#+/g)) {
      now.slice(index, index + event.length).includes('#') ? tp++ : fn++;
    }
    // Cut the ring where no alarm is cut.
    const cut = Math.max(now.indexOf('.'), 0);
    const open = (ring: string) => ring.slice(cut) + ring.slice(0, cut);
    for (const { index, 0: alarm } of open(now).matchAll(/#+/g)) {
      if (
        !open(labels)
          .slice(index, index + alarm.length)
          .includes('#')
      )
        fp++;
    }
  }
  return { precision: tp / (tp + fp), recall: tp / (tp + fn), f1: (2 * tp) / (2 * tp + fp + fn) };
}

const drawn = (labels: string, flags: string) => [{ labels: bits(labels), flags: bits(flags) }];

describe('eventChance', () => {
  it('counts what the alarms find at random times as turning them by each number of rows does', () => {
    const drawing = fc.string({ unit: fc.constantFrom('#', '.', '.'), minLength: 1, maxLength: 16 });
    const pair = fc.tuple(drawing, drawing).map(([labels, flags]) => {
      const rows = Math.min(labels.length, flags.length);
      return [labels.slice(0, rows), flags.slice(0, rows)] as const;
    });
    fc.assert(
      fc.property(pair, ([labels, flags]) => {
        const expected = turned(labels, flags);
        const { flagAtRandom } = eventChance(drawn(labels, flags));
        for (const key of ['precision', 'recall', 'f1'] as const) {
          if (Number.isNaN(expected[key])) expect(flagAtRandom[key]).toBeNull();
          else expect(flagAtRandom[key]).toBeCloseTo(expected[key], 12);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says that flagging everything finds every event without a false alarm', () => {
    const { alarmShare, flagEverything } = eventChance(drawn('..##....#.', '..#.......'));
    expect(alarmShare).toBe(0.1);
    expect(flagEverything).toEqual({ precision: 1, recall: 1, f1: 1 });
  });

  it('counts a series without events as one false alarm of flagging everything', () => {
    const series = [...drawn('.##.', '....'), ...drawn('....', '....')];
    expect(eventChance(series).flagEverything).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3 });
  });

  it('leaves out rows without a score', () => {
    const series = [{ labels: bits('##...#'), flags: bits('...#..'), scored: bits('..####') }];
    const { alarmShare, flagEverything } = eventChance(series);
    expect(alarmShare).toBe(0.25);
    expect(flagEverything).toMatchObject({ recall: 1 });
  });

  it('is null without rows', () => {
    const nothing = { precision: null, recall: null, f1: null };
    expect(eventChance([])).toEqual({ alarmShare: null, flagEverything: nothing, flagAtRandom: nothing });
  });

  it('refuses labels of another length', () => {
    const error = thrownBy(() => eventChance([{ labels: [1], flags: [] }]));
    expect(error.details).toMatchObject({ argument: 'series[0].flags' });
  });
});
