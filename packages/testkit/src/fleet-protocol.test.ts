import { describe, expect, it } from 'vitest';
import { faultKinds } from './fleet/fault.ts';
import { type Fleet, simulateFleet } from './fleet/simulate-fleet.ts';
import { evaluationFleets, fleetMaxGap, trainingFleet } from './fleet-protocol.ts';

const training = simulateFleet(trainingFleet);
const evaluation = evaluationFleets.map((options) => simulateFleet(options));

const labelShare = ({ rows }: Fleet) => rows.filter((row) => row.label === 1).length / rows.length;

describe('the protocol', () => {
  it('is the one that was fixed: rows, labelled rows and mean flow of each fleet', () => {
    const figures = [training, ...evaluation].map(({ rows }) => [
      rows.length,
      rows.filter((row) => row.label === 1).length,
      Number((rows.reduce((sum, row) => sum + row.flow, 0) / rows.length).toFixed(2)),
    ]);
    expect(figures).toEqual([
      [27561, 1257, 45.28],
      [9469, 394, 48.61],
      [9472, 453, 43.72],
      [9280, 480, 43.41],
      [9544, 480, 43.72],
      [9502, 445, 44.18],
    ]);
  });
  it('trains on 20 to 30 thousand rows and evaluates on five fleets of 8 to 10 thousand', () => {
    expect(training.rows.length).toBeGreaterThan(20_000);
    expect(training.rows.length).toBeLessThan(30_000);
    expect(evaluation).toHaveLength(5);
    for (const { rows } of evaluation) {
      expect(rows.length).toBeGreaterThan(8000);
      expect(rows.length).toBeLessThan(10_000);
    }
  });
  it('labels 4 to 6 per cent of every fleet', () => {
    for (const fleet of [training, ...evaluation]) {
      expect(labelShare(fleet)).toBeGreaterThan(0.04);
      expect(labelShare(fleet)).toBeLessThan(0.06);
    }
  });
  it('shows every kind of fault in every fleet, with rows that report it', () => {
    for (const { rows, faults } of [training, ...evaluation]) {
      const shown = faults.filter(({ sensorId, start, end }) =>
        rows.some(
          (row) => row.label && row.sensorId === sensorId && row.timestamp >= start && row.timestamp < end,
        ),
      );
      expect(new Set(shown.map((fault) => fault.kind))).toEqual(new Set(faultKinds));
    }
  });
  it('evaluates on no machine of the training fleet', () => {
    const ids = [training, ...evaluation].map(({ rows }) => new Set(rows.map((row) => row.sensorId)));
    expect(ids.reduce((sum, set) => sum + set.size, 0)).toBe(new Set(ids.flatMap((set) => [...set])).size);
  });
  it('has a largest gap that parts outages from missed reports', () => {
    const gaps = [training, ...evaluation].flatMap(({ rows }) => {
      const last = new Map<string, number>();
      return rows.map(({ sensorId, timestamp }) => {
        const time = Date.parse(timestamp);
        const gap = time - (last.get(sensorId) ?? time);
        last.set(sensorId, time);
        return gap;
      });
    });
    const long = gaps.filter((gap) => gap > fleetMaxGap);
    expect(long.length).toBeGreaterThan(20);
    expect(Math.min(...long)).toBeGreaterThan(1.7 * fleetMaxGap);
  });
});
