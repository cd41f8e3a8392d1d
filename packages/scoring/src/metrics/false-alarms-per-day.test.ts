import { describe, expect, it } from 'vitest';
import { bits } from '../../fixtures/drawn-rows.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { falseAlarmsPerDay } from './false-alarms-per-day.ts';

const HOUR = 3_600_000;
const hourly = (labels: string, flags: string, time = Array.from(labels, (_, row) => row * HOUR)) => ({
  labels: bits(labels),
  flags: bits(flags),
  time,
});

describe('falseAlarmsPerDay', () => {
  it('divides alarms, not their rows, by days', () => {
    const day = '.'.repeat(25);
    expect(falseAlarmsPerDay([hourly(day, `##.###${day.slice(6)}`)])).toBe(2);
    expect(falseAlarmsPerDay([hourly(day, `##.###${day.slice(6)}`), hourly(day, day)])).toBe(1);
  });

  it('counts neither alarms that touch an event nor the time of events', () => {
    expect(falseAlarmsPerDay([hourly('..####..', '.##....#')])).toBe(24 / 3);
  });

  it('counts no time longer than `maxGap` and none of rows without a score', () => {
    const time = [0, 1, 2, 50, 51].map((hours) => hours * HOUR);
    const series = hourly('.....', '#....', time);
    expect(falseAlarmsPerDay([series])).toBe(24 / 51);
    expect(falseAlarmsPerDay([series], { maxGap: HOUR })).toBe(24 / 3);
    expect(falseAlarmsPerDay([{ ...series, scored: bits('#.###') }], { maxGap: HOUR })).toBe(24 / 2);
  });

  it.each([[[]], [[hourly('#', '#')]], [[hourly('##', '..')]]])('is null without normal time', (series) => {
    expect(falseAlarmsPerDay(series)).toBeNull();
  });

  it.each<[string, object]>([
    ['maxGap', { maxGap: -1 }],
    ['options', { gap: 1 }],
  ])('refuses `%s`', (argument, options) => {
    expect(thrownBy(() => falseAlarmsPerDay([], options)).details).toMatchObject({ argument });
  });

  it('refuses times that go back', () => {
    const error = thrownBy(() => falseAlarmsPerDay([hourly('..', '..', [1, 0])]));
    expect(error.details).toMatchObject({ argument: 'series[0].time[1]' });
  });
});
