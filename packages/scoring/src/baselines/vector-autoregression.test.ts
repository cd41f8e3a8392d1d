import { describe, expect, it } from 'vitest';
import { expectClose } from '../../fixtures/close-to.ts';
import { readGoldenBaselines, seriesOf } from '../../fixtures/golden-baselines.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { vectorAutoregression } from './vector-autoregression.ts';

describe('vectorAutoregression', () => {
  const { training, test, holed, autoregression, leastSquares } = readGoldenBaselines();

  it.each(autoregression)(
    "equals scikit-learn's Ridge for order $order and ridge $ridge",
    ({ order, ridge, scores }) => {
      const baseline = vectorAutoregression(training, { order, ridge });
      expect(baseline.name).toBe(`VAR(${order})`);
      expectClose(baseline.score(holed).scores, scores, 1e-9);
    },
  );

  it('approaches the least squares of statsmodels as the ridge vanishes', () => {
    const { order, scores } = leastSquares;
    const [small, twice] = [1e-6, 2e-6].map(
      (ridge) => vectorAutoregression(training.slice(0, 1), { order, ridge }).score(test).scores,
    );
    const extrapolated = small!.map((score, row) => 2 * score - twice![row]!);
    expectClose(extrapolated, scores, 1e-8);
  });

  it('sees a feature that departs from following another', () => {
    const rows = Array.from({ length: 300 }, (_, row) => Math.sin(row ** 2));
    const following = (broken: number) =>
      seriesOf(
        rows.flatMap((value, row) => [value, row === broken ? -(rows[row - 1] ?? 0) : (rows[row - 1] ?? 0)]),
        2,
      );
    const { scores, contributions } = vectorAutoregression([following(-1)], { order: 1 }).score(
      following(100),
    );
    expect(scores.indexOf(Math.max(...scores))).toBe(100);
    expect(contributions[201]).toBeGreaterThan(100 * contributions[200]!);
  });

  it('stays finite with a constant feature and two that are the same', () => {
    const rows = Array.from({ length: 100 }, (_, row) => [Math.sin(row), Math.sin(row), 3]);
    const baseline = vectorAutoregression([seriesOf(rows.flat(), 3)], { ridge: 1e-6 });
    const { scores } = baseline.score(seriesOf([0, 1, 3, 1, 0, 4, 1, 1, 3], 3));
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['too few rows', [seriesOf([1, 2, 3, 4, 5], 1)], {}, 'RETRACE_TOO_FEW_ROWS'],
    ['an order of 0', training, { order: 0 }, 'RETRACE_INVALID_ARGUMENT'],
    ['a ridge of 0', training, { ridge: 0 }, 'RETRACE_INVALID_ARGUMENT'],
  ])('refuses %s', (_, series, options, code) => {
    expect(thrownBy(() => vectorAutoregression(series, options)).code).toBe(code);
  });
});
