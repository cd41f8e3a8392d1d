import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCalendarFeatures, type CalendarFeaturesOptions, createSeries, zoneOffset } from './index.ts';

function at(...moments: string[]) {
  const time = moments.map((moment) => Date.parse(moment));
  return createSeries({ id: 'a', features: ['x'], time, values: time.map(() => 0) });
}

/** The angle of a cycle in each row, in turns. */
function turns(options: CalendarFeaturesOptions, ...moments: string[]): number[] {
  const [series] = addCalendarFeatures([at(...moments)], options);
  const width = series!.features.length;
  return moments.map((_, row) => {
    const [sine, cosine] = [series!.values[row * width + 1]!, series!.values[row * width + 2]!];
    const turn = Math.atan2(sine, cosine) / (2 * Math.PI);
    return Math.round((turn < -1e-9 ? turn + 1 : turn) * 1e6) / 1e6 + 0;
  });
}

describe('addCalendarFeatures', () => {
  it('appends a sine and a cosine for the hour and the weekday', () => {
    expect(addCalendarFeatures([at('2024-05-01T00:00Z')])[0]!.features).toEqual([
      'x',
      'hour_sin',
      'hour_cos',
      'weekday_sin',
      'weekday_cos',
    ]);
  });

  it('turns once a day', () => {
    expect(
      turns(
        { cycles: ['hour'] },
        '1969-12-31T18:00Z',
        '2024-05-01T00:00Z',
        '2024-05-01T06:00Z',
        '2024-05-01T12:00Z',
      ),
    ).toEqual([0.75, 0, 0.25, 0.5]);
  });

  it('turns once a week, by whole days from Monday', () => {
    const days = ['1969-12-29T23:59Z', '2024-05-01T00:00Z', '2024-05-01T23:59Z', '2024-05-05T12:00Z'];
    const sevenths = [0, 2, 2, 6].map((day) => Math.round((day / 7) * 1e6) / 1e6);
    expect(turns({ cycles: ['weekday'] }, ...days)).toEqual(sevenths);
  });

  it('turns once a year, leap or not', () => {
    expect(
      turns({ cycles: ['year'] }, '2023-07-02T12:00Z', '2024-01-01T00:00Z', '2024-07-02T00:00Z'),
    ).toEqual([0.5, 0, 0.5]);
  });

  it('looks at a clock in another zone, summer time included', () => {
    const moments = ['2024-01-01T11:00Z', '2024-07-01T10:00Z'] as const;
    expect(turns({ cycles: ['hour'], timeZone: 'Europe/Berlin' }, ...moments)).toEqual([0.5, 0.5]);
    expect(turns({ cycles: ['hour'], timeZone: '+13:00' }, '2024-01-01T11:00Z')).toEqual([0]);
  });

  it.each([
    ['cycles', { cycles: [] }],
    ['cycles[0]', { cycles: ['minute'] }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: 7 }],
    ['options', { zone: 'UTC' }],
  ])('refuses a wrong `%s`', (argument, options) => {
    expect(() => addCalendarFeatures([at('2024-05-01')], options as CalendarFeaturesOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});

describe('zoneOffset', () => {
  it.each([
    ['UTC', '2024-07-01T00:00Z', 0],
    ['+05:30', '2024-07-01T00:00Z', 330],
    ['-0330', '2024-07-01T00:00Z', -210],
    ['Europe/Berlin', '2024-03-31T00:59:59Z', 60],
    ['Europe/Berlin', '2024-03-31T01:00:00Z', 120],
    ['America/New_York', '2024-11-03T05:59:59Z', -240],
    ['America/New_York', '2024-11-03T06:00:00Z', -300],
    ['Asia/Kathmandu', '2024-07-01T00:00Z', 345],
  ])('of %s at %s is %i minutes', (zone, moment, minutes) => {
    expect(zoneOffset(zone)(Date.parse(moment))).toBe(minutes * 60_000);
  });

  it('is what `Date` shows of the clock in that zone', () => {
    const offsetAt = zoneOffset('Australia/Lord_Howe');
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Australia/Lord_Howe',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1980, 1), max: Date.UTC(2030, 1) }), (moment) => {
        const local = new Date(moment + offsetAt(moment)).toISOString();
        expect(clock.format(moment)).toBe(local.slice(0, 19).replace('T', ' '));
      }),
      { numRuns: 1000 },
    );
  });
});
