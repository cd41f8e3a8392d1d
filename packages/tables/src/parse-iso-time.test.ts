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

  it('reads whole seconds, or finds none in what only looks like them, as Date does', () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
    const parts = fc.tuple(
      two(99),
      two(99),
      two(13),
      two(32),
      two(24),
      two(60),
      two(59),
      fc.constantFrom('T', ' '),
    );
    fc.assert(
      fc.property(parts, ([century, year, month, day, hour, minute, second, mark]) => {
        const text = `${century}${year}-${month}-${day}${mark}${hour}:${minute}:${second}`;
        const date = new Date(`${text.replace(' ', 'T')}Z`);
        // Date takes 24:00:00 and the 31st of every month.
        const same = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.replace(' ', 'T'));
        expect(parseIsoTime(text)).toEqual(same ? { time: date.getTime(), zoned: false } : undefined);
        expect(parseIsoTime(`${text}Z`)).toEqual(same ? { time: date.getTime(), zoned: true } : undefined);
      }),
      { numRuns: 2000 },
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
    '2015-09-01 1:25:000',
    '2015-09-01 11:25:-1',
    '2015-09-01_11:25:00',
    '2015-09-01 11:25:00z0',
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
