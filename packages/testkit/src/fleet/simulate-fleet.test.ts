import { createRandom } from '@retrace/random';
import { describe, expect, it } from 'vitest';
import { faultKinds, MOST_MISSED } from './fault.ts';
import { toFleetCsv } from './fleet-csv.ts';
import { drawMachine } from './machine.ts';
import { REPORT_INTERVAL } from './reporting.ts';
import { type FleetRow, simulateFleet } from './simulate-fleet.ts';

const options = { seed: 42, machines: 4, hours: 24 };
const fleet = simulateFleet(options);
const sound = simulateFleet({ ...options, faultShare: 0 });

function machinesOf<T extends { readonly sensorId: string }>(items: readonly T[]): T[][] {
  const ids = [...new Set(items.map((item) => item.sensorId))];
  return ids.map((id) => items.filter((item) => item.sensorId === id));
}
const gaps = (rows: readonly FleetRow[]) =>
  rows.slice(1).map((row, i) => Date.parse(row.timestamp) - Date.parse(rows[i]!.timestamp));
const isWithin = (
  row: FleetRow,
  { sensorId, start, end }: { sensorId: string; start: string; end: string },
) => row.sensorId === sensorId && row.timestamp >= start && row.timestamp < end;

describe('simulateFleet', () => {
  it('gives the same fleet for the same options and another for another seed', () => {
    expect(toFleetCsv(simulateFleet(options))).toBe(toFleetCsv(fleet));
    expect(toFleetCsv(simulateFleet({ ...options, seed: 43 }))).not.toBe(toFleetCsv(fleet));
  });
  it('draws every machine of every seed with parameters of its own', () => {
    const machines = [1, 101].flatMap((seed) =>
      Array.from({ length: 12 }, (_, i) =>
        drawMachine(createRandom(seed).fork(`machine ${i}`).fork('machine')),
      ),
    );
    expect(new Set(machines.map((machine) => machine.pump.resonance)).size).toBe(machines.length);
  });
  it('orders rows by time with the machines interleaved', () => {
    const times = fleet.rows.map((row) => row.timestamp);
    expect(times).toEqual(times.toSorted());
    expect(new Set(fleet.rows.slice(0, 8).map((row) => row.sensorId)).size).toBe(4);
  });
  it('reports about once a minute, never twice at a time, with losses and outages', () => {
    for (const rows of machinesOf(sound.rows)) {
      const between = gaps(rows);
      expect(Math.min(...between)).toBeGreaterThan(0);
      expect(
        Math.abs(between.toSorted((a, b) => a - b)[between.length >> 1]! - REPORT_INTERVAL),
      ).toBeLessThan(5000);
      expect(between.some((gap) => gap > 1.5 * REPORT_INTERVAL && gap < 3 * REPORT_INTERVAL)).toBe(true);
    }
    expect(machinesOf(sound.rows).some((rows) => Math.max(...gaps(rows)) > 600_000)).toBe(true);
  });
  it('runs in several regimes and stands still between them', () => {
    for (const rows of machinesOf(sound.rows)) {
      const running = rows.filter((row) => row.motorCurrent > 0).length / rows.length;
      expect(running).toBeGreaterThan(0.35);
      expect(running).toBeLessThan(0.95);
      const flows = rows.filter((row) => row.flow > 20).map((row) => row.flow);
      expect(Math.max(...flows) / Math.min(...flows)).toBeGreaterThan(1.3);
    }
  });
  it('draws more current the more it pumps', () => {
    for (const rows of machinesOf(sound.rows)) {
      const running = rows.filter((row) => row.flow > 20).toSorted((a, b) => a.flow - b.flow);
      const mean = (part: readonly FleetRow[]) =>
        part.reduce((sum, row) => sum + row.motorCurrent, 0) / part.length;
      const third = Math.floor(running.length / 3);
      expect(mean(running.slice(-third))).toBeGreaterThan(mean(running.slice(0, third)) + 1);
    }
  });
  it.each([
    ['flow', 0, 180],
    ['motorCurrent', 0, 35],
    ['vibration', 0, 12],
    ['bearingTemperature', 5, 95],
  ] as const)('keeps %s in the range of a 15 kW pump, from %d to %d', (channel, low, high) => {
    const values = fleet.rows.map((row) => row[channel]);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...values)).toBeLessThan(high);
  });
  it('labels nothing but its faults, and without faults nothing', () => {
    expect(sound.rows.some((row) => row.label === 1)).toBe(false);
    expect(sound.faults).toEqual([]);
    const labelled = fleet.rows.filter((row) => row.label === 1);
    expect(labelled.every((row) => fleet.faults.some((fault) => isWithin(row, fault)))).toBe(true);
  });
  it('has every kind of fault, one at a time on a machine', () => {
    expect(new Set(fleet.faults.map((fault) => fault.kind))).toEqual(new Set(faultKinds));
    for (const faults of machinesOf(fleet.faults))
      for (const [i, fault] of faults.slice(1).entries()) expect(fault.start >= faults[i]!.end).toBe(true);
  });
  it('repeats the value of a frozen channel and of no other', () => {
    for (const fault of fleet.faults.filter(({ kind }) => kind === 'sensor-freeze')) {
      const rows = fleet.rows.filter((row) => isWithin(row, fault));
      const distinct = (channel: 'flow' | 'motorCurrent' | 'vibration' | 'bearingTemperature') =>
        new Set(rows.map((row) => row[channel])).size;
      expect(rows.length).toBeGreaterThan(5);
      expect(distinct(fault.channel!)).toBe(1);
      expect(distinct(fault.channel === 'flow' ? 'motorCurrent' : 'flow')).toBeGreaterThan(1);
    }
  });
  it('thins missed reports without ever losing more than the most in a row', () => {
    for (const fault of fleet.faults.filter(({ kind }) => kind === 'missed-reports')) {
      const rows = fleet.rows.filter((row) => isWithin(row, fault));
      const expected = (Date.parse(fault.end) - Date.parse(fault.start)) / REPORT_INTERVAL;
      expect(rows.length).toBeLessThan(0.8 * expected);
      expect(Math.max(...gaps(rows))).toBeLessThanOrEqual((MOST_MISSED + 2) * REPORT_INTERVAL);
    }
  });
  it.each([
    [{ machines: 0 }, '`machines` must be an integer'],
    [{ hours: 1 }, '`hours` must be a finite number'],
    [{ seed: -1 }, '`seed` must be an integer'],
    [{ start: 'yesterday' }, '`start` must be a time in ISO 8601'],
    [{ faultShare: 0.5 }, '`faultShare` must be a finite number from 0 to 0.2'],
    [{ machines: 1, hours: 6 }, '`faultShare` must be large enough for one fault of each kind'],
    [{ faultShares: 1 }, 'Did you mean `faultShare`?'],
  ])('refuses %o', (wrong, message) => {
    expect(() => simulateFleet({ ...options, ...wrong })).toThrow(message);
  });
});

describe('toFleetCsv', () => {
  it('writes a header and one line a report', () => {
    const lines = toFleetCsv(fleet).split('\n');
    expect(lines[0]).toBe('sensor_id,timestamp,flow,motor_current,vibration,bearing_temperature,label');
    expect(lines[1]).toMatch(/^pump-42-\d\d,2026-03-02T00:0\d:\d\dZ(,\d+(\.\d+)?){4},[01]$/);
    expect(lines).toHaveLength(fleet.rows.length + 2);
  });
});
