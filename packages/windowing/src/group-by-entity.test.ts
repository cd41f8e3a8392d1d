import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupByEntity, type Series } from './index.ts';

const interleaved = {
  entity: ['b', 'a', 'b', 'a', 'b'],
  features: ['x', 'y'],
  time: [3, 1, 1, 2, 2],
  values: [30, 31, 10, 11, 12, 13, 20, 21, 22, 23],
};

describe('groupByEntity', () => {
  it('gathers interleaved rows by entity, in time, in the order of first appearance', () => {
    const [b, a] = groupByEntity(interleaved) as [Series, Series];
    expect([b.id, [...b.time], [...b.values]]).toEqual(['b', [1, 2, 3], [12, 13, 22, 23, 30, 31]]);
    expect([a.id, [...a.time], [...a.values]]).toEqual(['a', [1, 2], [10, 11, 20, 21]]);
  });

  it('takes ids as numbers too', () => {
    const rows = { ...interleaved, entity: Uint32Array.of(1, 0, 1, 0, 1), ids: ['a', 'b'] };
    expect(groupByEntity(rows)).toEqual(groupByEntity(interleaved));
  });

  it('says when it had to sort and when times repeat, and keeps the order of equal times', () => {
    const warnings: string[] = [];
    const [series] = groupByEntity(
      { entity: ['a', 'a', 'a', 'a'], features: ['x'], time: [5, 1, 5, 1], values: [1, 2, 3, 4] },
      { onWarning: (message) => warnings.push(message) },
    );
    expect([...series!.values]).toEqual([2, 4, 1, 3]);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toContain('Sorted the rows of 1 of 1 entities');
    expect(warnings[1]).toContain('2 rows have the time of the row before');
  });

  it('says nothing and copies nothing where rows are grouped and sorted', () => {
    const values = Float64Array.of(1, 2, 3);
    const warnings: string[] = [];
    const series = groupByEntity(
      { entity: ['a', 'a', 'b'], features: ['x'], time: [1, 2, 0], values },
      { onWarning: (message) => warnings.push(message) },
    );
    expect(warnings).toEqual([]);
    expect(series.map((each) => each.values.buffer)).toEqual([values.buffer, values.buffer]);
  });

  it('carries labels and missing cells, and drops `observed` of an entity without a missing cell', () => {
    const [b, a] = groupByEntity({
      ...interleaved,
      observed: [1, 1, 1, 0, 1, 1, 1, 1, 1, 1],
      labels: [1, 0, 0, 0, 0],
    }) as [Series, Series];
    expect([...a.observed!]).toEqual([1, 0, 1, 1]);
    expect(b).not.toHaveProperty('observed');
    expect([[...b.labels!], [...a.labels!]]).toEqual([
      [0, 0, 1],
      [0, 0],
    ]);
  });

  it('gives the same series whatever the order of the rows, and never changes its input', () => {
    const row = fc.record({ entity: fc.constantFrom('a', 'b', 'c', '__proto__'), value: fc.integer() });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), fc.infiniteStream(fc.nat()), (rows, keys) => {
        const table = rows.map((each, time) => ({ ...each, time, key: keys.next().value }));
        const shuffled = table.toSorted((a, b) => a.key - b.key);
        const columns = (of: typeof table) => ({
          entity: of.map(({ entity }) => entity),
          features: ['x'],
          time: Float64Array.from(of, ({ time }) => time),
          values: Float64Array.from(of, ({ value }) => value),
        });
        const byId = (a: Series, b: Series) => (a.id < b.id ? -1 : 1);
        const input = columns(shuffled);
        const before = structuredClone(input);
        expect(groupByEntity(input).sort(byId)).toEqual(groupByEntity(columns(table)).sort(byId));
        expect(input).toEqual(before);
      }),
    );
  });

  it('groups a million entities of one row in seconds', () => {
    const rows = 1_000_000;
    const entity = Uint32Array.from({ length: rows }, (_, row) => rows - 1 - row);
    const ids = Array.from({ length: rows }, (_, row) => `e${row}`);
    const time = new Float64Array(rows);
    const values = Float64Array.from(entity);
    const series = groupByEntity({ entity, ids, features: ['x'], time, values });
    expect(series).toHaveLength(rows);
    expect([series[0]!.id, series[0]!.values[0]]).toEqual([`e${rows - 1}`, rows - 1]);
  }, 10_000);

  it('refuses a cell that is not finite, naming its row in the table', () => {
    const values = [...interleaved.values];
    values[7] = Infinity;
    expect(() => groupByEntity({ ...interleaved, values })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_NOT_FINITE',
        details: expect.objectContaining({ owner: 'the table', row: 3, feature: 'y' }),
      }),
    );
  });

  it('refuses an unknown option', () => {
    expect(() => groupByEntity(interleaved, { onWarn: () => {} } as object)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT' }),
    );
  });

  it.each([
    ['entity', { entity: ['a'] }],
    ['entity', { entity: 'abcde' }],
    ['entity[1]', { entity: ['a', 7, 'a', 'a', 'a'] }],
    ['entity[4]', { entity: Uint32Array.of(0, 0, 0, 0, 1), ids: ['a'] }],
    ['ids', { entity: new Uint32Array(5) }],
    ['ids', { ids: ['a'] }],
    ['features', { feature: ['x'] }],
  ])('refuses a wrong `%s`', (argument, change) => {
    expect(() => groupByEntity({ ...interleaved, ...(change as object) })).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
