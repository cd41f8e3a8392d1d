import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requirements } from 'testkit';
import { describe, expect, it } from 'vitest';
import { dynamicLevel, paddedSequences, rowsFrom } from './dynamic-level.ts';
import { pruneSequences } from './prune-sequences.ts';

const data = requirements.data.find();
const buffer = 20;

interface GoldenWindow {
  readonly name: string;
  readonly smoothedErrors: readonly number[];
  readonly epsilon: number;
  readonly z: number;
  readonly epsilonInverse: number;
  readonly zInverse: number;
  readonly sequencesBeforePruning: readonly (readonly [number, number])[];
  readonly sequencesAfterPruning: readonly (readonly [number, number])[];
}

function goldenWindows(): GoldenWindow[] {
  return JSON.parse(readFileSync(join(data!, 'golden-dynamic-threshold.json'), 'utf8')).cases;
}

/** How many rows telemanom leaves out at the beginning of a series, by its length, where l_s is 250. */
function ignored(rows: number): number {
  if (rows < 1800) return 0;
  return rows < 2500 ? 250 : 500;
}

describe.skipIf(!data)('dynamicLevel and pruneSequences equal telemanom', () => {
  for (const golden of data ? goldenWindows() : []) {
    it(golden.name, () => {
      const scores = Float64Array.from(golden.smoothedErrors);
      const { level, z } = dynamicLevel(scores, buffer);
      expect(z).toBe(golden.z);
      expect(Math.abs(level - golden.epsilon)).toBeLessThan(1e-12);

      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      const mirrored = dynamicLevel(
        scores.map((score) => 2 * mean - score),
        buffer,
      );
      expect(mirrored.z).toBe(golden.zInverse);
      expect(Math.abs(mirrored.level - golden.epsilonInverse)).toBeLessThan(1e-12);

      const first = ignored(scores.length);
      const sequences = paddedSequences(rowsFrom(scores, level), buffer, scores.length)
        .filter(([, last]) => last >= first)
        .map(([from, last]): [number, number] => [Math.max(from, first), last]);
      expect(sequences).toEqual(golden.sequencesBeforePruning);
      expect(pruneSequences(scores, sequences, 0.13)).toEqual(golden.sequencesAfterPruning);
    });
  }
});

describe('dynamicLevel', () => {
  it('of equal scores is their mean, above which is none of them', () => {
    expect(dynamicLevel(new Float64Array(50).fill(2), 3)).toEqual({ level: 2, z: 12 });
    expect(dynamicLevel(new Float64Array(50), 3)).toEqual({ level: 0, z: 12 });
  });
  it('is the highest level that cuts one spike off', () => {
    // Of one row of 10 among 99 of 0: mean 0.1, deviation 10 · √(0.01 · 0.99), the spike 9.9 / 0.995 = 9.95 above it.
    const scores = new Float64Array(100);
    scores[50] = 10;
    const { level, z } = dynamicLevel(scores, 3);
    expect(z).toBe(9.5);
    expect(level).toBeCloseTo(0.1 + 9.5 * Math.sqrt(0.99), 12);
  });
  it('leaves levels out that more than five sequences or half of the rows reach', () => {
    const scores = new Float64Array(200);
    for (let k = 0; k < 6; k++) scores[20 + 30 * k] = 10;
    expect(dynamicLevel(scores, 3).z).toBe(12);
    scores[170] = 0;
    expect(dynamicLevel(scores, 3).z).toBe(6);
    expect(dynamicLevel(scores, 14).z).toBe(12);
  });
  it('prefers what changes mean and deviation most for the rows it costs', () => {
    const scores = Float64Array.from({ length: 400 }, (_, row) => 1 + 0.1 * Math.sin(row));
    scores.fill(3, 100, 104);
    scores.fill(9, 300, 304);
    const { level } = dynamicLevel(scores, 2);
    expect(level).toBeGreaterThan(3);
    expect(level).toBeLessThan(9);
  });
});

describe('paddedSequences', () => {
  it('joins what touches, and keeps within the rows', () => {
    expect(paddedSequences([0, 3, 7, 9], 1, 10)).toEqual([
      [0, 4],
      [6, 9],
    ]);
    expect(paddedSequences([1, 2, 4], 0, 5)).toEqual([
      [1, 2],
      [4, 4],
    ]);
  });
});

describe('pruneSequences', () => {
  const scores = Float64Array.of(1, 10, 1, 9, 2, 5, 1);
  const sequences: [number, number][] = [
    [1, 1],
    [3, 3],
    [5, 5],
  ];
  it.each([
    [0.05, sequences],
    [0.5, sequences],
    [0.61, []],
    [0.2, sequences],
  ])('with a least fall of %d leaves what comes no later than the last such fall', (least, kept) => {
    expect(pruneSequences(scores, sequences, least)).toEqual(kept);
  });
  it('keeps a peak that falls little to one that falls enough', () => {
    const [first, second] = sequences as [[number, number], [number, number]];
    expect(pruneSequences(Float64Array.of(1, 10, 1, 9, 2, 2.1, 1), [first, second], 0.5)).toEqual([
      first,
      second,
    ]);
    expect(pruneSequences(Float64Array.of(1, 10, 1, 4, 2, 3.9, 1), [first, second], 0.5)).toEqual([first]);
  });
  it('compares with what is outside of all sequences, before the first and after the last too', () => {
    expect(pruneSequences(Float64Array.of(9.9, 10, 1), [[1, 1]], 0.1)).toEqual([]);
    expect(pruneSequences(Float64Array.of(1, 10, 9.9), [[1, 1]], 0.1)).toEqual([]);
    expect(pruneSequences(Float64Array.of(1, 10, 1), [[1, 1]], 0.1)).toEqual([[1, 1]]);
  });
});
