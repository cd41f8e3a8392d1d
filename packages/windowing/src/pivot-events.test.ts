import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventColumns, type PivotOptions, pivotEvents, type RepeatedEvents } from './index.ts';

const events: EventColumns = {
  entity: ['b', 'a', 'b', 'b', 'a'],
  time: [60, 0, 0, 60, 30],
  parameter: ['HR', 'Temp', 'HR', 'Temp', 'Temp'],
  value: [80, 37, 75, 38.5, 36],
};

describe('pivotEvents', () => {
  it('makes a row of the events of an entity at one time, missing where there is none', () => {
    const warnings: string[] = [];
    const [b, a] = pivotEvents(events, { onWarning: (message) => warnings.push(message) });
    expect(b).toEqual({
      id: 'b',
      features: ['HR', 'Temp'],
      time: Float64Array.of(0, 60),
      values: Float64Array.of(75, Number.NaN, 80, 38.5),
      observed: Uint8Array.of(1, 0, 1, 1),
    });
    expect(a).toMatchObject({ id: 'a', time: Float64Array.of(0, 30), observed: Uint8Array.of(0, 1, 0, 1) });
    expect(warnings).toEqual(["Sorted the events of 1 of 2 entities by time ('b' first)."]);
  });

  it('keeps the parameters listed, in that order, and says how many events it left out', () => {
    const warnings: string[] = [];
    const series = pivotEvents(
      { ...events, features: ['Temp', 'pH'] },
      { onWarning: (message) => warnings.push(message) },
    );
    expect(series.map(({ features }) => features)).toEqual([
      ['Temp', 'pH'],
      ['Temp', 'pH'],
    ]);
    expect(series.find(({ id }) => id === 'b')?.time).toEqual(Float64Array.of(60));
    expect(warnings).toEqual(['Left out 2 of 5 events, whose parameters are not among `features`.']);
  });

  it('takes numbers for entities and parameters', () => {
    const numbered = pivotEvents({
      entity: Uint32Array.of(0, 1),
      ids: ['x', 'y'],
      time: [1, 1],
      parameter: Uint32Array.of(1, 0),
      features: ['p', 'q'],
      value: [5, 6],
    });
    expect(numbered.map(({ id, values }) => [id, ...values])).toEqual([
      ['x', Number.NaN, 5],
      ['y', 6, Number.NaN],
    ]);
  });

  it.each<[RepeatedEvents, number]>([
    ['first', 1],
    ['last', 6],
    ['mean', 3],
  ])("takes of repeated events the '%s'", (repeated, expected) => {
    const warnings: string[] = [];
    const repeatedly = {
      entity: ['a', 'a', 'a'],
      time: [0, 0, 0],
      parameter: ['p', 'p', 'p'],
      value: [1, 2, 6],
    };
    const [series] = pivotEvents(repeatedly, { repeated, onWarning: (message) => warnings.push(message) });
    expect(series!.values).toEqual(Float64Array.of(expected));
    expect(warnings).toEqual([
      `2 events repeat the entity, time and parameter of another; of these the ${repeated} counted.`,
    ]);
  });

  it('holds every event in the cell that is its own, and nothing else', () => {
    const event = fc.record({
      entity: fc.constantFrom('a', 'b', 'c'),
      time: fc.integer({ min: 0, max: 9 }),
      parameter: fc.constantFrom('p', 'q', 'r'),
      value: fc.integer({ min: -9, max: 9 }),
    });
    const key = ({ entity, time, parameter }: { entity: string; time: number; parameter: string }) =>
      `${entity} ${time} ${parameter}`;
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (list) => {
        const last = new Map(list.map((each) => [key(each), each.value]));
        const series = pivotEvents({
          entity: list.map(({ entity }) => entity),
          time: list.map(({ time }) => time),
          parameter: list.map(({ parameter }) => parameter),
          value: list.map(({ value }) => value),
        });
        const cells = series.flatMap(({ id, features, time, values, observed }) =>
          [...time].flatMap((moment, row) =>
            features.flatMap((parameter, k) => {
              const cell = row * features.length + k;
              expect(Number.isNaN(values[cell])).toBe(observed?.[cell] === 0);
              if (observed?.[cell] === 0) return [];
              return [[key({ entity: id, time: moment, parameter }), values[cell]] as const];
            }),
          ),
        );
        expect(cells).toHaveLength(last.size);
        expect(new Map(cells)).toEqual(last);
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses a value or a time that is not finite', () => {
    for (const wrong of [{ value: [1, Number.NaN, 3, 4, 5] }, { time: [1, 2, Infinity, 4, 5] }]) {
      expect(() => pivotEvents({ ...events, ...wrong })).toThrowError(
        expect.objectContaining({ code: 'RETRACE_NOT_FINITE' }),
      );
    }
  });

  it.each<[string, object, object?]>([
    ['value', { value: [1] }],
    ['entity', { entity: ['a'] }],
    ['parameter', { parameter: ['a'] }],
    ['parameter', { parameter: 'HR' }],
    ['parameter[1]', { parameter: ['HR', 3, 'HR', 'HR', 'HR'] }],
    ['features', { parameter: Uint32Array.of(0, 0, 0, 0, 0) }],
    ['parameter[4]', { parameter: Uint32Array.of(0, 0, 0, 0, 1), features: ['HR'] }],
    ['features[1]', { features: ['HR', 'HR'] }],
    ['events', { values: [] }],
    ['repeated', {}, { repeated: 'sum' }],
    ['options', {}, { repeat: 'last' }],
  ])('refuses a wrong `%s`', (argument, change, options) => {
    expect(() => pivotEvents({ ...events, ...change }, options as PivotOptions)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        message: expect.stringContaining(`\`${argument}\``),
      }),
    );
  });
});
