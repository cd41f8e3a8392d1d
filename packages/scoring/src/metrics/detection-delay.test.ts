import { describe, expect, it } from 'vitest';
import { bits } from '../../fixtures/drawn-rows.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { detectionDelay } from './detection-delay.ts';

const timed = (labels: string, flags: string, time = Array.from(labels, (_, row) => row * 10)) => ({
  labels: bits(labels),
  flags: bits(flags),
  time,
});

describe('detectionDelay', () => {
  it.each([
    ['at once', '..###', '..#..', 0],
    ['late', '..###', '....#', 20],
    ['by an alarm on from before', '..###', '.##..', 0],
    ['by the first of its alarms', '..###', '...##', 10],
  ])('measures an event found %s', (_, labels, flags, delay) => {
    expect(detectionDelay([timed(labels, flags)])).toEqual({
      found: 1,
      missed: 0,
      mean: delay,
      median: delay,
    });
  });

  it('takes mean and median over the found events of all series, in the unit of time', () => {
    const series = [timed('##.##', '#...#', [0, 1, 2, 10, 25]), timed('.###..#', '..#....')];
    expect(detectionDelay(series)).toEqual({ found: 3, missed: 1, mean: 25 / 3, median: 10 });
  });

  it('counts an alarm before or after an event as no detection', () => {
    expect(detectionDelay([timed('.##...', '....#.')])).toMatchObject({ found: 0, missed: 1 });
    expect(detectionDelay([timed('..##', '##..')])).toMatchObject({
      found: 0,
      missed: 1,
      mean: null,
      median: null,
    });
  });

  it('leaves out an event of which no row has a score', () => {
    const series = [{ ...timed('##.#', '...#'), scored: bits('...#') }];
    expect(detectionDelay(series)).toMatchObject({ found: 1, missed: 0 });
  });

  it('is null without events', () => {
    expect(detectionDelay([])).toEqual({ found: 0, missed: 0, mean: null, median: null });
  });

  it.each([
    ['series[0].time[1]', [5, 4]],
    ['series[0].time[0]', [Number.NaN, 4]],
    ['series[0].time[1]', [0, Infinity]],
    ['series[0].time', [1]],
  ])('refuses `%s` of %j', (argument, time) => {
    const error = thrownBy(() => detectionDelay([timed('#.', '..', time)]));
    expect(error.details).toMatchObject({ argument });
  });
});
