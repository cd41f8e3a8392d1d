import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitScorer } from './fit-scorer.ts';
import { scoreRows } from './score-rows.ts';
import { type ScorerState, scorerKinds } from './scorer-state.ts';

const features = ['flow', 'current'];
const drawn = (rows: number, times: number) =>
  Array.from({ length: rows * 2 }, (_, k) => times * Math.sin((k + 1) ** 2));
const [quiet, loud, brief] = [drawn(40, 1), drawn(35, 50), drawn(29, 1000)];
const all = [...quiet, ...brief, ...loud];
const entities = [
  { id: 'quiet', rows: 40 },
  { id: 'brief', rows: 29 },
  { id: 'loud', rows: 35 },
];
const measuring = scorerKinds.filter((kind) => kind !== 'mae' && kind !== 'mse');
const without = ({ entities: _, ...state }: ScorerState & { entities?: unknown }) => state;

describe('fitScorer with perEntity', () => {
  it.each(measuring)('of kind %s scores an entity as a scorer fitted on its rows alone', (kind) => {
    const state = fitScorer(all, { features, kind, perEntity: true, entities });
    for (const [entity, own] of [
      ['quiet', quiet],
      ['loud', loud],
    ] as const) {
      const expected = scoreRows(own, fitScorer(own, { features, kind }));
      expect(scoreRows(own, state, { entity })).toEqual(expected);
    }
  });

  it.each(measuring)('of kind %s scores an entity of few rows, or none, by all rows', (kind) => {
    const state = fitScorer(all, { features, kind, perEntity: true, entities });
    const pooled = fitScorer(all, { features, kind });
    expect(without(state)).toEqual(pooled);
    for (const options of [{ entity: 'brief' }, { entity: 'unknown' }, {}])
      expect(scoreRows(brief, state, options)).toEqual(scoreRows(brief, pooled));
  });

  it('takes the stretches of an entity together, and counts rows that have every feature', () => {
    const halves = [
      { id: 'a', rows: 20 },
      { id: 'b', rows: 29 },
      { id: 'a', rows: 20 },
      { id: 'c', rows: 35 },
    ];
    const split = [...quiet.slice(0, 40), ...brief, ...quiet.slice(40), ...loud.with(1, Number.NaN)];
    const state = fitScorer(split, { features, perEntity: true, entities: halves });
    expect(scoreRows(quiet, state, { entity: 'a' })).toEqual(
      scoreRows(quiet, fitScorer(quiet, { features })),
    );
    const fit = (missing: number) =>
      fitScorer(
        loud.map((value, cell) => (cell < 2 * missing && cell % 2 === 1 ? Number.NaN : value)),
        { features, perEntity: true, entities: [{ id: 'c', rows: 35 }] },
      );
    expect(state).toMatchObject({ entities: [{ id: 'a' }, { id: 'c' }] });
    expect(fit(5)).toMatchObject({ entities: [{ id: 'c' }] });
    expect(fit(6)).toMatchObject({ entities: [] });
  });

  it('keeps magnitudes and clip for entities too', () => {
    const magnitudes = fitScorer(all, {
      features,
      kind: 'gaussian',
      magnitudes: true,
      perEntity: true,
      entities,
    });
    const own = fitScorer(loud, { features, kind: 'gaussian', magnitudes: true });
    expect(scoreRows(loud, magnitudes, { entity: 'loud' })).toEqual(scoreRows(loud, own));
    const clipped = fitScorer(all, { features, clip: 0.5, perEntity: true, entities });
    expect(Math.max(...scoreRows(loud, clipped, { entity: 'loud' }).scores)).toBeLessThanOrEqual(0.25);
  });

  it.each([
    ['no entities', { perEntity: true }, '`entities` must be an array that tells whose'],
    [
      'fewer rows than there are',
      { perEntity: true, entities: entities.slice(1) },
      '`entities` must be stretches of 104 rows',
    ],
    [
      'a negative number of rows',
      { perEntity: true, entities: [{ id: 'a', rows: -1 }] },
      '`entities[0].rows`',
    ],
    ['a kind that measures nothing', { kind: 'mae', perEntity: true, entities }, '`perEntity` must be false'],
    ['magnitudes of another kind', { magnitudes: true }, '`magnitudes` must be false'],
  ])('refuses %s', (_, options, message) => {
    const error = thrownBy(() => fitScorer(all, { features, ...options } as never));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(message);
  });
});
