import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bits } from '../../fixtures/drawn-rows.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { eventMetrics } from './event-metrics.ts';

function counts(labels: string, flags: string, scored?: string): number[] {
  const { tp, fp, fn, unscored } = eventMetrics([
    { labels: bits(labels), flags: bits(flags), ...(scored !== undefined && { scored: bits(scored) }) },
  ]);
  return [tp, fp, fn, unscored];
}

describe('eventMetrics', () => {
  it.each([
    ['one row of an event is enough', '..###..', '....#..', [1, 0, 0, 0]],
    ['an alarm that ends just before an event misses it', '..###..', '.#.....', [0, 1, 1, 0]],
    ['an alarm from before to after an event finds it', '..#....', '#####..', [1, 0, 0, 0]],
    ['two alarms in an event count once', '.#####.', '.#...#.', [1, 0, 0, 0]],
    ['one alarm over two events finds both', '.#...#.', '#######', [2, 0, 0, 0]],
    ['each alarm outside is a false one', '...#...', '#.#...#', [0, 3, 1, 0]],
    ['events at both ends', '##...##', '#.....#', [2, 0, 0, 0]],
    ['nothing', '.......', '.......', [0, 0, 0, 0]],
  ])('%s', (_, labels, flags, expected) => {
    expect(counts(labels, flags)).toEqual(expected);
  });

  it('leaves out an event of which no row has a score, and keeps one of which some have', () => {
    expect(counts('##.##.#', '....#..', '..#.###')).toEqual([1, 0, 1, 1]);
  });

  it('never joins the events of two series', () => {
    const one = { labels: [0, 1], flags: [0, 1] };
    const other = { labels: [1, 0], flags: [0, 0] };
    expect(eventMetrics([one, other])).toMatchObject({ tp: 1, fn: 1, precision: 1, recall: 0.5 });
    expect(eventMetrics([one, other]).f1).toBeCloseTo(2 / 3, 15);
  });

  it('counts by the rows what the drawing shows, whatever is drawn', () => {
    const rows = fc.array(fc.tuple(fc.boolean(), fc.boolean()));
    fc.assert(
      fc.property(rows, (rows) => {
        const draw = (column: 0 | 1) => rows.map((row) => (row[column] ? '#' : '.')).join('');
        const spans = (drawing: string) =>
          [...drawing.matchAll(/#+/g)].map(({ index, 0: text }) => [index, index + text.length]);
        const [labels, flags] = [draw(0), draw(1)];
        const tp = spans(labels).filter(([from, to]) => flags.slice(from, to).includes('#')).length;
        const fp = spans(flags).filter(([from, to]) => !labels.slice(from, to).includes('#')).length;
        expect(counts(labels, flags)).toEqual([tp, fp, spans(labels).length - tp, 0]);
      }),
    );
  });

  it('is null where nothing was flagged or nothing is anomalous', () => {
    expect(eventMetrics([{ labels: [0], flags: [0] }])).toMatchObject({
      precision: null,
      recall: null,
      f1: null,
    });
  });

  it('refuses flags that are not zeros and ones', () => {
    const error = thrownBy(() => eventMetrics([{ labels: [0], flags: [3] }]));
    expect(error.details).toMatchObject({ argument: 'series[0].flags[0]' });
  });
});
