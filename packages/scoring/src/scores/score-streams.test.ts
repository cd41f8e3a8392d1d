import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitCombinedScorer } from './fit-combined-scorer.ts';
import { fitScorer, type ScorerSpec } from './fit-scorer.ts';
import { scoreCombinedRows } from './score-combined-rows.ts';
import { scoreRows } from './score-rows.ts';
import { type ScoreStream, type ScoreStreamState, scoreStreams } from './score-streams.ts';
import { type ScorerState, scorerKinds } from './scorer-state.ts';

const features = ['flow', 'current'];
const calibration = Array.from({ length: 160 }, (_, k) => Math.sin((k + 1) ** 2));
const smoothings = [undefined, { kind: 'ewma', halfLife: 2 }, { kind: 'median', rows: 3 }] as const;
const specs: ScorerSpec[] = scorerKinds.flatMap((kind) =>
  smoothings.map((smoothing) => ({
    kind,
    ...(smoothing && { smoothing }),
    ...(kind !== 'mae' && kind !== 'mse' && { perEntity: true }),
  })),
);
const fitted = (spec: ScorerSpec) =>
  fitScorer(calibration, {
    features,
    ...spec,
    entities: [
      { id: 'a', rows: 40 },
      { id: 'b', rows: 40 },
    ],
  });

const cell = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: -50, max: 50, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const drawnRows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 });

/** Pushes rows; before row `gap` a run begins, and before row `handOver` another stream goes on from JSON. */
function pushed(
  rows: readonly (readonly ArrayLike<number>[])[],
  open: (state?: ScoreStreamState) => ScoreStream,
  { gap, handOver }: { gap: number; handOver: number },
): { scores: number[]; contributions: number[] } {
  let stream = open();
  const scores: number[] = [];
  const contributions: number[] = [];
  for (const [index, row] of rows.entries()) {
    if (index === handOver) stream = open(JSON.parse(JSON.stringify(stream.state())));
    if (index === gap) stream.restart();
    const scored = stream.push(row);
    scores.push(scored.score);
    contributions.push(...scored.contributions);
  }
  return { scores, contributions };
}

const runsOf = (rows: number, gap: number) =>
  gap > 0 && gap < rows
    ? ([
        [0, gap],
        [gap, rows],
      ] as const)
    : ([[0, rows]] as const);
const places = fc.record({ gap: fc.nat(20), handOver: fc.nat(20) });

describe('a stream of scores', () => {
  it.each(specs)('of %o gives the scores of scoreRows, bit for bit, also when resumed from JSON', (spec) => {
    const scorer = fitted(spec);
    fc.assert(
      fc.property(drawnRows, places, fc.constantFrom('a', 'b', 'other'), (rows, at, entity) => {
        const streams = scoreStreams(scorer);
        const found = pushed(
          rows.map((row) => [row]),
          (state) => streams.open({ entity, ...(state && { state }) }),
          at,
        );
        const expected = scoreRows(rows.flat(), scorer, { runs: runsOf(rows.length, at.gap), entity });
        expect(found.scores).toEqual([...expected.scores]);
        expect(found.contributions).toEqual([...expected.contributions]);
      }),
      { numRuns: 40 },
    );
  });

  it('of a combined scorer gives the scores of scoreCombinedRows, bit for bit', () => {
    const scorer = fitted({ smoothing: { kind: 'ewma', halfLife: 2 }, perEntity: true });
    const other: ScorerState = {
      ...fitted({ kind: 'mae', smoothing: { kind: 'median', rows: 4 } }),
      features: ['latent/0', 'flow'],
    };
    const combined = fitCombinedScorer([
      { scorer, scores: [1, 2] },
      { scorer: other, scores: [3] },
    ]);
    const streams = scoreStreams(combined);
    expect(streams.features).toEqual(['flow', 'current', 'latent/0']);
    const rows = fc.array(fc.tuple(cell, cell, cell, cell), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, places, (drawn, at) => {
        const parts = drawn.map(([a, b, c, d]) => [
          [a, b],
          [c, d],
        ]);
        const found = pushed(parts, (state) => streams.open({ entity: 'b', ...(state && { state }) }), at);
        const expected = scoreCombinedRows(
          [0, 1].map((k) => parts.flatMap((part) => part[k]!)),
          combined,
          { runs: runsOf(drawn.length, at.gap), entity: 'b' },
        );
        expect(found.scores).toEqual([...expected.scores]);
        expect(found.contributions).toEqual([...expected.contributions]);
      }),
    );
  });

  it('keeps series apart that are open at once', () => {
    const streams = scoreStreams(fitted({ kind: 'mae', smoothing: { kind: 'ewma', halfLife: 5 } }));
    const [one, other] = [streams.open(), streams.open()];
    one.push([[100, 100]]);
    expect(other.push([[2, 4]]).score).toBe(3);
  });

  it('remembers a number of rows that does not grow', () => {
    const stream = scoreStreams(fitted({ kind: 'mae', smoothing: { kind: 'median', rows: 3 } })).open();
    for (let row = 0; row < 100; row++) stream.push([[row, row]]);
    expect(stream.state().memories).toEqual([[48.5, 48.5, 49, 49, 49.5, 49.5]]);
  });

  const scorer = fitted({ smoothing: { kind: 'ewma', halfLife: 2 } });
  const stream = scoreStreams(scorer).open();
  stream.push([[1, 2]]);
  const state = stream.state();
  it.each([
    ['state', null],
    ['state.format', { ...state, format: 'retrace-scorer' }],
    ['state', { ...state, extra: 1 }],
    ['state.memories', { ...state, memories: [] }],
    ['memory', { ...state, memories: [[1]] }],
    ['memory', { ...state, memories: ['no'] }],
    ['memory[1]', { ...state, memories: [[1, -1, 0]] }],
  ])('refuses, naming `%s`, the state %o', (argument, wrong) => {
    const error = thrownBy(() => scoreStreams(scorer).open({ state: wrong as never }));
    expect(error.code).toBe('RETRACE_SCORE_STREAM_STATE');
    expect(error.details).toMatchObject({ argument });
  });

  it.each([
    ['median', { smoothing: { kind: 'median', rows: 2 } } as const, [1, 2, 3, 4, 5, 6]],
    ['no smoothing', {}, [1]],
  ])('refuses the memory of another smoothing: %s', (_, spec, memory) => {
    const error = thrownBy(() =>
      scoreStreams(fitted(spec)).open({ state: { ...state, memories: [memory] } }),
    );
    expect(error.code).toBe('RETRACE_SCORE_STREAM_STATE');
  });

  it('says that a state of a later version needs a later release', () => {
    const later = { ...state, version: 2 } as never;
    const error = thrownBy(() => scoreStreams(scorer).open({ state: later }));
    expect(error.code).toBe('RETRACE_UNSUPPORTED_VERSION');
  });

  it.each([
    [
      'no parts',
      [1, 2],
      'RETRACE_INVALID_ARGUMENT',
      '`residuals` must be an array with the residuals of each of 1 parts',
    ],
    ['two rows', [[1, 2, 3, 4]], 'RETRACE_INVALID_ARGUMENT', '`residuals[0]` must be one row of 2 features'],
    ['an infinite residual', [[1, Infinity]], 'RETRACE_NOT_FINITE', "'current'"],
  ])('refuses %s', (_, residuals, code, message) => {
    const error = thrownBy(() => stream.push(residuals as number[][]));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it('refuses what is no scorer, and a misspelt option', () => {
    expect(thrownBy(() => scoreStreams(undefined as never)).code).toBe('RETRACE_SCORER_STATE');
    expect(thrownBy(() => scoreStreams(scorer).open({ entiy: 'a' } as never)).message).toContain(
      'Did you mean `entity`?',
    );
  });
});
