import { createModel, reconstruct } from '@retrace/models';
import { startWasm } from '@retrace/runtime-wasm';
import { readSealedSafetensors, writeSealedSafetensors } from '@retrace/safetensors';
import { createSeries, fitScaler, type StreamRow } from '@retrace/windowing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { interleaved } from '../../fixtures/streamed.ts';
import { minute, wave } from '../../fixtures/wave.ts';
import { type Detector, fitDetector, loadDetector, type StreamOptions, type StreamScorer } from '../index.ts';
import { streamKey } from './stream-state.ts';

const calibration = [wave('c1', 1), wave('c2', 2)];
const fitting = {
  calibration,
  windows: { lookback: 4, maxGap: 5 * minute },
  scaler: fitScaler(calibration, { kind: 'standard' }),
};
const newModel = (seed = 1) => createModel(reconstruct({ timesteps: 4, features: 2, units: [2] }), { seed });
const rows = interleaved([wave('p', 3, true), wave('q', 4)], [0, 1]);
const row = (time: number, id = 'p'): StreamRow => ({ id, time: time * minute, values: [time % 3, 50] });
const own = rows.filter(({ id }) => id === 'p');

let detector: Detector;
beforeAll(async () => {
  await startWasm();
  detector = await fitDetector(newModel(), fitting);
});
afterAll(() => detector.dispose());

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error) => error.code,
  );

describe('stream.push(rows)', () => {
  it('gives a row out with the last window that covers it', async () => {
    const given = async (stream: StreamScorer) => {
      const found = [];
      for (let time = 0; time < 6; time++) {
        found.push((await stream.push([row(time)])).scores.map((score) => score.row));
      }
      return found;
    };
    expect(await given(await detector.stream())).toEqual([[], [], [], [0], [1], [2]]);
    const first = await fitDetector(newModel(), { ...fitting, aggregate: 'first' });
    expect(await given(await first.stream())).toEqual([[], [], [], [0, 1, 2, 3], [4], [5]]);
    first.dispose();
  });

  it('waits for no window that cannot reach a row, however far apart windows begin', async () => {
    const sparse = await fitDetector(newModel(), { ...fitting, windows: { lookback: 4, stride: 50 } });
    const stream = await sparse.stream();
    const found = await stream.push(Array.from({ length: 40 }, (_, time) => row(time)));
    expect(found.scores.map((score) => score.row)).toEqual(Array.from({ length: 36 }, (_, at) => at));
    expect(found.scores.map(({ coverage }) => coverage).join('')).toBe(`1111${'0'.repeat(32)}`);
    sparse.dispose();
  });

  it('gives out what a gap ends at once, a row that no window covers with a score of NaN', async () => {
    const stream = await detector.stream();
    await stream.push([0, 1, 2, 3, 4].map((time) => row(time)));
    const { scores } = await stream.push([row(90), row(91), row(190)]);
    expect(scores.map((score) => [score.row, score.coverage, Number.isNaN(score.score)])).toEqual([
      [2, 2, false],
      [3, 2, false],
      [4, 1, false],
      [5, 0, true],
      [6, 0, true],
    ]);
    expect(scores[3]).toMatchObject({
      above: false,
      reconstruction: Float64Array.of(Number.NaN, Number.NaN),
    });
  });

  it('does calls in order that do not wait for each other, as if they did', async () => {
    const [one, other] = [await detector.stream(), await detector.stream()];
    const pieces = Array.from({ length: 40 }, (_, k) => rows.slice(10 * k, 10 * k + 10));
    const together = await Promise.all([...pieces.map((piece) => one.push(piece)), one.flush()]);
    const apart = [];
    for (const piece of pieces) apart.push(await other.push(piece));
    apart.push(await other.flush());
    expect(together).toEqual(apart);
  });

  it('takes a series, in pieces of its batch size, as it takes its rows', async () => {
    const series = wave('p', 3, true);
    const small = await loadDetector(await detector.save(), { batchSize: 7 });
    const [bySeries, byRows] = [await small.stream(), await detector.stream()];
    expect(await bySeries.push(series)).toEqual(await byRows.push(own));
    expect(await bySeries.flush()).toEqual(await byRows.flush());
    small.dispose();
  });

  it('puts late rows in order, counts those too late, and rejects those that are none', async () => {
    const stream = await detector.stream({ lateness: 2 * minute, repeated: 'reject' });
    const { rejected, counts } = await stream.push([
      row(1),
      row(0),
      row(0),
      row(5),
      { ...row(6), values: [Number.NaN, 1] },
      row(2),
      row(0),
    ]);
    expect(rejected.map(({ id, time, error }) => [id, time, error.code])).toEqual([
      ['p', 0, 'RETRACE_REPEATED_TIME'],
      ['p', 6 * minute, 'RETRACE_NOT_FINITE'],
    ]);
    expect(counts).toEqual({ received: 7, windowed: 3, late: 1, rejected: 2, waiting: 1 });
    const { scores } = await stream.flush();
    expect(scores.map(({ time }) => time / minute)).toEqual([0, 1, 2, 5]);
  });

  it.each<[string, unknown, string]>([
    ['no list', 'rows', 'RETRACE_INVALID_ARGUMENT'],
    ['nothing', undefined, 'RETRACE_INVALID_ARGUMENT'],
    [
      'a series of other features',
      createSeries({ id: 'p', features: ['a'], time: [0], values: [0] }),
      'RETRACE_FEATURES',
    ],
    [
      'a series out of order',
      { id: 'p', features: ['a', 'b'], time: Float64Array.of(2, 1), values: new Float64Array(4) },
      'RETRACE_UNSORTED',
    ],
  ])('refuses %s, and goes on', async (_, wrong, code) => {
    const stream = await detector.stream();
    expect(await codeOf(stream.push(wrong as never))).toBe(code);
    expect((await stream.push(own)).counts.windowed).toBe(200);
  });

  it('rejects with the error of a model that fails, and any later call with RETRACE_STREAM_BROKEN', async () => {
    const model = newModel();
    const fragile = await fitDetector(model, fitting);
    const stream = await fragile.stream();
    await stream.push(own.slice(0, 50));
    const run = vi.spyOn(model, 'run').mockRejectedValue(new Error('the device was lost'));
    const [first, second] = [stream.push(own.slice(50, 60)), stream.push(own.slice(60, 61))];
    await expect(first).rejects.toThrow('the device was lost');
    await expect(second).rejects.toMatchObject({
      code: 'RETRACE_STREAM_BROKEN',
      cause: new Error('the device was lost'),
    });
    run.mockRestore();
    for (const call of [stream.push([]), stream.flush(), stream.forget(0), stream.state()]) {
      expect(await codeOf(call)).toBe('RETRACE_STREAM_BROKEN');
    }
    fragile.dispose();
  });
});

describe('stream.forget(time)', () => {
  it('ends and forgets the entities that have fallen silent, and counts their rows anew', async () => {
    const stream = await detector.stream({ maxEntities: 2, lateness: minute });
    await stream.push([row(0), row(1), row(2), row(0, 'q'), row(9, 'q')]);
    const refused = await stream.push([row(9, 'r')]);
    expect(refused.rejected[0]!.error.code).toBe('RETRACE_TOO_MANY_ENTITIES');
    // The last row of q still waits.
    const { scores } = await stream.forget(5 * minute);
    expect(scores.map(({ id, row: at }) => [id, at])).toEqual([
      ['p', 0],
      ['p', 1],
      ['p', 2],
    ]);
    await stream.push([row(0), row(9, 'q')]);
    const { scores: rest } = await stream.flush();
    expect(rest.map(({ id, row: at, time }) => [id, at, time / minute]).toSorted()).toEqual([
      ['p', 0, 0],
      ['q', 0, 0],
      ['q', 1, 9],
      ['q', 2, 9],
    ]);
    expect(await codeOf(stream.forget(Number.NaN))).toBe('RETRACE_INVALID_ARGUMENT');
  });
});

describe('stream.state()', () => {
  it('is of the detector, also of one loaded from its file with other text in it', async () => {
    const stream = await detector.stream();
    await stream.push(rows.slice(0, 200));
    const state = await stream.state({ metadata: { offset: '200' } });
    const loaded = await loadDetector(await detector.save({ metadata: { note: 'x' } }));
    const resumed = await loaded.stream({ state });
    expect(resumed.metadata).toEqual({ offset: '200' });
    expect(stream.metadata).toEqual({});
    expect(await resumed.push(rows.slice(200))).toEqual(await stream.push(rows.slice(200)));
    loaded.dispose();
  });

  it('is refused by another detector', async () => {
    const state = await (await detector.stream()).state();
    for (const [model, more] of [
      [newModel(2), {}],
      [newModel(), { threshold: { kind: 'quantile', q: 0.5 } }],
    ] as const) {
      const other = await fitDetector(model, { ...fitting, ...more });
      await expect(other.stream({ state })).rejects.toMatchObject({
        code: 'RETRACE_STREAM_STATE',
        message: expect.stringContaining('another detector'),
      });
      other.dispose();
    }
  });

  it('is refused by a detector of the same fitted states and other weights', async () => {
    const state = await (await detector.stream()).state();
    const { tensors, metadata } = readSealedSafetensors(await detector.save());
    const [name, weight] = [...tensors].find(([, { dtype }]) => dtype === 'F32')!;
    (weight.data as Float32Array)[0]! += 0.5;
    const other = await loadDetector(
      writeSealedSafetensors({ tensors: tensors.set(name, weight), metadata }),
    );
    expect(other.state).toEqual(detector.state);
    expect(await codeOf(other.stream({ state }))).toBe('RETRACE_STREAM_STATE');
    other.dispose();
  });

  it('is refused where it is damaged, no state, or of a later release', async () => {
    const state = await (await detector.stream()).state();
    const damaged = state.slice();
    damaged[damaged.length - 1]! ^= 1;
    const { tensors, metadata } = readSealedSafetensors(state);
    const later = JSON.stringify({ ...JSON.parse(metadata[streamKey]!), version: 2 });
    for (const [bytes, code] of [
      [damaged, 'RETRACE_SAFETENSORS_CHECKSUM'],
      [await detector.save(), 'RETRACE_STREAM_STATE'],
      ['state.safetensors', 'RETRACE_INVALID_ARGUMENT'],
      [writeSealedSafetensors({ tensors, metadata: { [streamKey]: later } }), 'RETRACE_UNSUPPORTED_VERSION'],
    ] as const) {
      expect(await codeOf(detector.stream({ state: bytes as Uint8Array }))).toBe(code);
    }
  });

  it('holds no key of its own in the metadata', async () => {
    const stream = await detector.stream();
    expect(await codeOf(stream.state({ metadata: { [streamKey]: '' } }))).toBe('RETRACE_INVALID_ARGUMENT');
    expect(await codeOf(stream.state({ meta: {} } as never))).toBe('RETRACE_INVALID_ARGUMENT');
  });
});

describe('detector.stream(options)', () => {
  it.each<[string, object]>([
    ['options', { latenes: 1 }],
    ['lateness', { lateness: -1 }],
    ['repeated', { repeated: 'drop' }],
    ['maxWaiting', { maxWaiting: 0 }],
    ['maxEntities', { maxEntities: 0 }],
    ['minRows', { minRows: 0 }],
    ['mergeGap', { mergeGap: -1 }],
    ['release', { release: 2 }],
    ['tolerance', { tolerance: Number.NaN }],
  ])('refuses a wrong `%s`, with a state or without', async (argument, wrong) => {
    const state = await (await detector.stream()).state();
    for (const options of [wrong, { ...wrong, state }]) {
      await expect(detector.stream(options as StreamOptions)).rejects.toMatchObject({
        code: 'RETRACE_INVALID_ARGUMENT',
        details: expect.objectContaining({ argument }),
      });
    }
  });

  it('is no use once the stream, or the detector, is disposed of', async () => {
    const short = await fitDetector(newModel(), fitting);
    const stream = await short.stream();
    stream.dispose();
    stream.dispose();
    for (const call of [stream.push([]), stream.flush(), stream.state()]) {
      expect(await codeOf(call)).toBe('RETRACE_DISPOSED');
    }
    const open = await short.stream();
    short.dispose();
    expect(await codeOf(short.stream())).toBe('RETRACE_DISPOSED');
    expect(await codeOf(open.push(own))).toBe('RETRACE_DISPOSED');
  });
});
