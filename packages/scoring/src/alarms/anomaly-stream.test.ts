import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import type { AnomalyOptions } from './anomaly-options.ts';
import { anomalyStream } from './anomaly-stream.ts';
import type { JudgedRow } from './judged-row.ts';

const features = ['flow', 'current'];

/** A row of a threshold of 2, all of whose score is the flow's. */
function judged(time: number, score: number): JudgedRow {
  return { time, score, threshold: 2, above: score > 2, contributions: [score, 0] };
}

/** The first and last rows of the anomalies in one run, found with all of its rows at hand. */
function wholeRun(rows: readonly JudgedRow[], options: Required<AnomalyOptions>): number[][] {
  const { minRows, mergeGap, release, tolerance } = options;
  const held: boolean[] = [];
  for (const [row, { score, threshold, above }] of rows.entries()) {
    held.push(above || (held[row - 1] === true && release < 1 && score > release * threshold));
  }
  const members = held.flatMap((isHeld, row) => (isHeld ? [row] : []));
  const stretches = members.reduce<number[][]>((found, row) => {
    const before = found.at(-1)?.at(-1);
    const apart = before === undefined ? Infinity : rows[row]!.time - rows[before]!.time;
    if (before === row - 1 || apart <= Math.max(mergeGap, 2 * tolerance)) found.at(-1)!.push(row);
    else found.push([row]);
    return found;
  }, []);
  return stretches
    .filter((stretch) => stretch.length >= minRows)
    .map((stretch) => {
      const [start, end] = [rows[stretch[0]!]!.time - tolerance, rows[stretch.at(-1)!]!.time + tolerance];
      const reached = rows.flatMap(({ time }, row) => (start <= time && time <= end ? [row] : []));
      return [reached[0]!, reached.at(-1)!];
    });
}

const drawnRun = fc.array(
  fc.record({
    step: fc.nat(3),
    score: fc.oneof(fc.double({ min: 0, max: 4, noNaN: true }), fc.constant(NaN)),
  }),
  { maxLength: 40, size: 'max' },
);
const drawnOptions = fc.record({
  minRows: fc.integer({ min: 1, max: 3 }),
  mergeGap: fc.nat(6),
  release: fc.constantFrom(1, 0.5),
  tolerance: fc.nat(3),
});

/** A run of rows, the first at `start`. */
function runOf(drawn: readonly { step: number; score: number }[], start: number): JudgedRow[] {
  let time = start;
  return drawn.map(({ step, score }) => {
    time += step;
    return judged(time, score);
  });
}

describe('anomalyStream', () => {
  it('finds, run by run and over a JSON file in the middle, the stretches that all rows at hand show', () => {
    fc.assert(
      fc.property(fc.array(drawnRun, { maxLength: 3 }), drawnOptions, fc.nat(60), (drawn, options, cut) => {
        const given = { id: 'a', features, ...options };
        const runs = drawn.map((run, index) => runOf(run, 1000 * index));
        let stream = anomalyStream(given);
        const found = [];
        let row = 0;
        for (const run of runs) {
          for (const each of run) {
            if (row++ === cut)
              stream = anomalyStream({ ...given, state: JSON.parse(JSON.stringify(stream.state())) });
            found.push(stream.push(each));
          }
          found.push(stream.restart());
        }
        let before = 0;
        const expected = runs.flatMap((run) => {
          const first = before;
          before += run.length;
          return wholeRun(run, options).map((pair) => pair.map((own) => own + first));
        });
        expect(found.flatMap((one) => (one ? [[one.firstRow, one.lastRow]] : []))).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('tells an anomaly with the first row after which none can change it', () => {
    const told = (options: AnomalyOptions, rows: JudgedRow[]) => {
      const stream = anomalyStream({ id: 'a', features, ...options });
      return rows.map((row) => stream.push(row)?.lastRow);
    };
    const rows = [judged(0, 3), judged(10, 0), judged(20, 0), judged(31, 0), judged(40, 3)];
    expect(told({}, rows)).toEqual([undefined, 0, undefined, undefined, undefined]);
    expect(told({ mergeGap: 30 }, rows)).toEqual([undefined, undefined, undefined, 0, undefined]);
    expect(told({ tolerance: 15 }, rows)).toEqual([undefined, undefined, undefined, 1, undefined]);
    expect(told({ mergeGap: 5 }, [judged(0, 3), judged(10, 3), judged(11, 0), judged(99, 3)])).toEqual([
      undefined,
      undefined,
      undefined,
      1,
    ]);
  });

  it('holds no more of a long anomaly than of a short one', () => {
    const stream = anomalyStream({ id: 'a', features, mergeGap: 5, tolerance: 3 });
    const lengths = Array.from({ length: 1000 }, (_, row) => {
      stream.push(judged(row, 3 + (row % 2)));
      return JSON.stringify(stream.state()).length;
    });
    expect(lengths.at(-1)).toBeLessThan(lengths[10]! + 60);
    expect(stream.restart()).toMatchObject({ firstRow: 0, lastRow: 999, peak: 4, severity: 2 });
  });

  const open = { id: 'a', features, tolerance: 1 };
  const stream = anomalyStream(open);
  for (const score of [0, 3, 0]) stream.push(judged(5, score));
  const state = stream.state();
  it.each<[string, unknown]>([
    ['state', 7],
    ['state.format', { ...state, format: 'retrace-scorer' }],
    ['state', { ...state, extra: 1 }],
    ['state.rows', { ...state, rows: -1 }],
    ['state.recent', { ...state, recent: [5, 5, 5, 5] }],
    ['state.recent', { ...state, recent: 'none' }],
    ['state.recent[1]', { ...state, recent: [5, 4] }],
    ['state.recent[0]', { ...state, recent: [null] }],
    ['state.stretch', { ...state, stretch: [] }],
    ...(
      [
        ['firstRow', 3],
        ['start', null],
        ['lastRow', 0],
        ['end', 4],
        ['member', 3],
        ['memberTime', 4],
        ['rows', 3],
        ['peak', -1],
        ['severity', null],
        ['sums', [1]],
      ] as const
    ).map(([field, value]): [string, unknown] => [
      `state.stretch.${field}`,
      { ...state, stretch: { ...state.stretch, [field]: value } },
    ]),
  ])('refuses, naming `%s`, the state %j', (argument, wrong) => {
    const error = thrownBy(() => anomalyStream({ ...open, state: wrong as never }));
    expect(error.code).toBe('RETRACE_ANOMALY_STREAM_STATE');
    expect(error.details).toMatchObject({ argument });
  });

  it('says that a state of a later version needs a later release', () => {
    const error = thrownBy(() => anomalyStream({ ...open, state: { ...state, version: 2 } as never }));
    expect(error.code).toBe('RETRACE_UNSUPPORTED_VERSION');
  });

  it.each<[object, string]>([
    [{ id: 3 }, '`id` must be'],
    [{ features: [] }, '`features` must be'],
    [{ minrows: 3 }, 'Did you mean `minRows`?'],
  ])('refuses %o', (wrong, message) => {
    const error = thrownBy(() => anomalyStream({ ...open, ...wrong } as never));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(message);
  });
});
