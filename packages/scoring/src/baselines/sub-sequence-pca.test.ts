import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGoldenBaselines, seriesOf } from '../../fixtures/golden-baselines.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { subSequencePca } from './sub-sequence-pca.ts';

const { training, test, subSequencePca: golden } = readGoldenBaselines();

describe('subSequencePca', () => {
  it.each(golden)('equals the weighted components of numpy for length $length', ({ length, scores }) => {
    expectClose(subSequencePca(training, { length }).score(test).scores, scores, 1e-8);
  });

  it('finds a beat that is missing from a rhythm, where no value is out of range', () => {
    const beat = (row: number) => Math.sin(row / 4);
    const rhythm = seriesOf(
      Array.from({ length: 400 }, (_, row) => beat(row)),
      1,
    );
    const skipping = seriesOf(
      Array.from({ length: 200 }, (_, row) => (row < 100 || row >= 125 ? beat(row) : beat(100))),
      1,
    );
    const { scores } = subSequencePca([rhythm], { length: 20 }).score(skipping);
    const worst = scores.indexOf(Math.max(...scores));
    expect(worst).toBeGreaterThan(90);
    expect(worst).toBeLessThan(135);
  });

  it('does not let a constant feature drown the others at its first stir', () => {
    const rows = Array.from({ length: 100 }, (_, row) => [Math.sin(row ** 2), 5]);
    const stirred = rows.map(([value], row) => [value!, row === 50 ? 5.002 : 5]);
    const baseline = subSequencePca([seriesOf(rows.flat(), 2)], { length: 10 });
    const { scores } = baseline.score(seriesOf(stirred.flat(), 2));
    expect(Math.max(...scores)).toBeLessThan(10);
  });

  it('does not let an event drown the rest that only the ends of training runs have seen', () => {
    const rows = (count: number, event: (row: number) => boolean) =>
      Array.from({ length: count }, (_, row) => {
        const noise = Math.sin(row ** 2);
        return [noise, event(row) ? 1 : 1e-7 * noise];
      });
    const known = seriesOf(rows(200, (row) => row >= 197).flat(), 2);
    const unknown = seriesOf(rows(50, (row) => row === 30).flat(), 2);
    const { scores } = subSequencePca([known], { length: 10 }).score(unknown);
    // The event is 8 deviations of its feature high, where the steps before the last three have all but none.
    expect(Math.max(...scores)).toBeLessThan(100);
  });

  it('scores no row of a run that is too short', () => {
    const { scores } = subSequencePca(training, { length: 9 }).score(test, {
      runs: [
        [0, 8],
        [8, 50],
      ],
    });
    expect(scores.findIndex(Number.isFinite)).toBe(8);
    expect(scores.subarray(8).every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['runs shorter than a sub-sequence', [seriesOf([1, 2], 1)], { length: 3 }, 'RETRACE_TOO_FEW_ROWS'],
    ['a length of 1', training, { length: 1 }, 'RETRACE_INVALID_ARGUMENT'],
  ])('refuses %s', (_, series, options, code) => {
    expect(thrownBy(() => subSequencePca(series, options)).code).toBe(code);
  });
});
