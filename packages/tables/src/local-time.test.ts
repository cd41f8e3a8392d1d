import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readSeries } from './index.ts';
import { fromLocalTime } from './local-time.ts';

const local = (text: string) => Date.parse(`${text}Z`);
const moment = (text: string) => Date.parse(text);

describe('fromLocalTime', () => {
  it.each([
    ['UTC', '2024-07-01T12:00', '2024-07-01T12:00Z'],
    ['+05:30', '2024-07-01T12:00', '2024-07-01T06:30Z'],
    ['-0330', '2024-07-01T12:00', '2024-07-01T15:30Z'],
    ['Europe/Berlin', '2024-01-15T12:00', '2024-01-15T11:00Z'],
    ['Europe/Berlin', '2024-07-15T12:00', '2024-07-15T10:00Z'],
    // Put forward at 02:00 to 03:00.
    ['Europe/Berlin', '2024-03-31T01:59', '2024-03-31T00:59Z'],
    ['Europe/Berlin', '2024-03-31T02:30', '2024-03-31T01:30Z'],
    ['Europe/Berlin', '2024-03-31T03:00', '2024-03-31T01:00Z'],
    // Put back at 03:00 to 02:00.
    ['Europe/Berlin', '2024-10-27T01:59', '2024-10-26T23:59Z'],
    ['Europe/Berlin', '2024-10-27T02:30', '2024-10-27T00:30Z'],
    ['Europe/Berlin', '2024-10-27T03:00', '2024-10-27T02:00Z'],
    ['America/New_York', '2024-11-03T01:30', '2024-11-03T05:30Z'],
    ['Australia/Lord_Howe', '2024-04-07T01:45', '2024-04-06T14:45Z'],
  ])('takes what a clock in %s showed at %s for %s', (timeZone, shown, expected) => {
    expect(fromLocalTime(timeZone)(local(shown))).toBe(moment(expected));
  });

  it.each([
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Kathmandu',
  ])('agrees with Date in %s, every hour and a bit of a decade', (timeZone) => {
    const step = 3_600_000 + 17_000;
    const [from, to] = [local('2015-01-01T00:00'), local('2025-01-01T00:00')];
    const script = `const d = []; for (let t = ${from}; t < ${to}; t += ${step}) { const l = new Date(t); d.push(new Date(l.getUTCFullYear(), l.getUTCMonth(), l.getUTCDate(), l.getUTCHours(), l.getUTCMinutes(), l.getUTCSeconds()).getTime()); } console.log(JSON.stringify(d));`;
    const options = { env: { ...process.env, TZ: timeZone }, maxBuffer: 2 ** 24 };
    const dates: number[] = JSON.parse(execFileSync(process.execPath, ['-e', script], options).toString());
    const convert = fromLocalTime(timeZone);
    expect(dates.map((_, i) => convert(from + i * step))).toEqual(dates);
  });
});

describe('readSeries', () => {
  const csv = new TextEncoder().encode('time,flow\n2024-07-01 12:00,1\n2024-07-01 12:05,2\n');

  it('reads times without a zone in `timeZone`, and leaves those with one alone', async () => {
    const [series] = await readSeries(csv, { time: 'time', timeZone: 'Europe/Berlin' });
    expect([...series!.time]).toEqual([moment('2024-07-01T10:00Z'), moment('2024-07-01T10:05Z')]);
    const zoned = new TextEncoder().encode('time,flow\n2024-07-01T12:00Z,1\n');
    const [same] = await readSeries(zoned, { time: 'time', timeZone: 'Europe/Berlin' });
    expect(same!.time[0]).toBe(moment('2024-07-01T12:00Z'));
  });

  it('reads moments without a zone of a binary file in `timeZone`, and leaves those with one alone', async () => {
    const file = new URL('../fixtures/plain.parquet', import.meta.url);
    const first = async (time: string, timeZone?: string) => {
      const [series] = await readSeries(file, { time, features: ['f64'], ...(timeZone && { timeZone }) });
      return series!.time[0]!;
    };
    expect(await first('ms', '+02:00')).toBe((await first('ms')) - 7_200_000);
    expect(await first('day', '+02:00')).toBe((await first('day')) - 7_200_000);
    expect(await first('us', '+02:00')).toBe(await first('us'));
  });
});
