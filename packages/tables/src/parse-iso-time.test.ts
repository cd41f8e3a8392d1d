import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIsoTime } from './parse-iso-time.ts';

describe('parseIsoTime', () => {
  it('reads every date of the years 0 to 9999 as Date writes it', () => {
    const dates = fc.date({
      min: new Date('0000-01-01'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        const text = date.toISOString();
        expect(parseIsoTime(text)).toEqual({ time: date.getTime(), zoned: true });
        expect(parseIsoTime(text.slice(0, -1).replace('T', ' '))).toEqual({
          time: date.getTime(),
          zoned: false,
        });
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['2015-09-01', '2015-09-01T00:00:00Z'],
    ['2015-09-01 11:25', '2015-09-01T11:25:00Z'],
    ['2015-09-01t11:25:00z', '2015-09-01T11:25:00Z'],
    ['2015-09-01T11:25:00.5+02:00', '2015-09-01T09:25:00.500Z'],
    ['2015-09-01 11:25:00 -0530', '2015-09-01T16:55:00Z'],
    ['2015-09-01 11:25:00 UTC', '2015-09-01T11:25:00Z'],
    ['2015-09-01 11:25:00+01', '2015-09-01T10:25:00Z'],
    ['2016-02-29', '2016-02-29T00:00:00Z'],
    ['2016-12-31 23:59:60', '2017-01-01T00:00:00Z'],
    ['2015-09-01 11:25:00,250', '2015-09-01T11:25:00.250Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(parseIsoTime(text)?.time).toBe(Date.parse(expected));
  });

  it('keeps microseconds', () => {
    // A float64 near 1.4e12 is exact to 2.4e-4 ms.
    expect(parseIsoTime('2015-09-01T00:00:00.000123Z')!.time - Date.parse('2015-09-01')).toBeCloseTo(
      0.123,
      3,
    );
  });

  it.each([
    '2015-02-30',
    '2015-13-01',
    '2015-00-10',
    '2015-01-00',
    '2015-09-01 24:00',
    '2015-09-01 11:60',
    '2015-09-01 11:25:61',
    '2015-09-01 11',
    '2015-9-1',
    '01/02/2015',
    '20150901T112500Z',
    '2015-09-01+02:00',
    '2015-09-01 11:25 CEST',
    ' 2015-09-01',
    '',
  ])('finds no time in %j', (text) => {
    expect(parseIsoTime(text)).toBeUndefined();
  });
});
