import {
  composite,
  createModel,
  encoderOf,
  latentTarget,
  type ModelSpec,
  predict,
  reconstruct,
  sequence,
} from '@retrace/models';
import { startWasm } from '@retrace/runtime-wasm';
import type { AnomalyOptions, ThresholdSpec } from '@retrace/scoring';
import { createSeries, fitScaler, type Series, type WindowSpec } from '@retrace/windowing';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asStreamed, byEntity, inPieces, interleaved } from '../../fixtures/streamed.ts';
import { minute, wave } from '../../fixtures/wave.ts';
import { type Detector, type FitDetectorOptions, fitDetector } from '../index.ts';

const calibration = [wave('c1', 1), wave('c2', 2)];
const scaler = fitScaler(calibration, { kind: 'standard', by: 'entity' });
const sizes = { timesteps: 6, features: 2, units: [3] };
const specs: readonly (readonly [string, ModelSpec])[] = [
  ['a reconstruction', reconstruct(sizes)],
  ['a reconstruction with variance', reconstruct({ ...sizes, variance: true })],
  ['a sequence', sequence(sizes)],
  ['a prediction', predict({ ...sizes, horizon: 2, shift: 1 })],
  ['a prediction of rows in', predict({ ...sizes, horizon: 3, shift: -2 })],
  ['a reconstruction and a prediction', composite({ ...sizes, horizon: 2 })],
  ['a latent target', latentTarget(sizes)],
];

async function detectorOf(
  spec: ModelSpec,
  { windows, ...more }: Partial<Omit<FitDetectorOptions, 'windows'>> & { windows?: Partial<WindowSpec> } = {},
): Promise<Detector> {
  const full = { lookback: 6, maxGap: 5 * minute, ...windows };
  return fitDetector(createModel(spec, { seed: 1 }), { calibration, scaler, windows: full, ...more });
}

/** Rows of some entities with gaps, equal times and missing cells; some rows stand far out. */
const drawnSeries: fc.Arbitrary<Series[]> = fc
  .array(
    fc.array(
      fc.record({
        step: fc.constantFrom(0, 1, 1, 1, 1, 1, 2, 9),
        values: fc.tuple(
          fc.double({ min: -5, max: 5, noNaN: true }),
          fc.double({ min: 30, max: 90, noNaN: true }),
        ),
        missing: fc.constantFrom(-1, -1, -1, -1, 0, 1),
      }),
      { minLength: 1, maxLength: 40, size: 'max' },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((entities) =>
    entities.map((rows, entity) => {
      let moment = 0;
      const time = rows.map(({ step }) => {
        moment += step * minute;
        return moment;
      });
      return createSeries({
        id: ['c1', 'c2', 'new'][entity]!,
        features: ['a', 'b'],
        time,
        values: rows.flatMap(({ values }) => values),
        observed: rows.flatMap(({ missing }) => [0, 1].map((k) => Number(k !== missing))),
      });
    }),
  );
const drawnPushes = fc.record({
  turns: fc.array(fc.nat(12), { minLength: 1, maxLength: 8 }),
  stop: fc.nat(120),
});

/** Streams series, over a state in the middle, and compares each row and anomaly with those of the batch. */
async function compare(
  detector: Detector,
  series: readonly Series[],
  { turns, stop }: { turns: readonly number[]; stop: number },
  options: AnomalyOptions = {},
): Promise<void> {
  const rows = interleaved(series, turns);
  const results = [];
  let stream = await detector.stream(options);
  for (const piece of inPieces(rows.slice(0, stop), turns)) results.push(await stream.push(piece));
  stream = await detector.stream({ ...options, state: await stream.state() });
  for (const piece of inPieces(rows.slice(stop), turns)) results.push(await stream.push(piece));
  results.push(await stream.flush());
  expect(results.at(-1)!.counts).toMatchObject({ received: rows.length, windowed: rows.length });
  const found = byEntity(results);
  for (const each of series) {
    const batch = await detector.score(each);
    expect(found.get(each.id)).toEqual(asStreamed(batch, detector.anomaliesIn(batch, options)));
  }
}

const sampled = { numRuns: 25 };

describe.each(['wasm', 'cpu'] as const)('a stream on %s equals the batch to the bit', (backend) => {
  const start = () => (backend === 'wasm' ? startWasm() : setBackend('cpu'));

  it.each(specs)('of %s', async (_, spec) => {
    await start();
    const detector = await detectorOf(spec, { scorer: { smoothing: { kind: 'ewma', halfLife: 2 } } });
    await fc.assert(
      fc.asyncProperty(drawnSeries, drawnPushes, (series, pushes) => compare(detector, series, pushes)),
      backend === 'cpu' ? { numRuns: 5 } : sampled,
    );
    detector.dispose();
  });
});

describe('a stream equals the batch to the bit', () => {
  it('of latent vectors', async () => {
    await startWasm();
    const model = createModel(reconstruct(sizes), { seed: 1 });
    const windows = { lookback: 6, maxGap: 5 * minute };
    for (const detector of [
      await fitDetector(encoderOf(model), { calibration, scaler, windows }),
      await fitDetector(model, { calibration, scaler, windows, outputs: ['reconstruction', 'latent'] }),
    ]) {
      await fc.assert(
        fc.asyncProperty(drawnSeries, drawnPushes, (series, pushes) => compare(detector, series, pushes)),
        sampled,
      );
      detector.dispose();
    }
  });

  it('for any stride, fewest rows and aggregate', async () => {
    await startWasm();
    for (const [, spec] of [specs[0]!, specs[5]!]) {
      for (const aggregate of ['mean', 'median', 'first'] as const) {
        for (const stride of [2, 5, 9]) {
          const windows = { stride, minRows: 3 };
          const detector = await detectorOf(spec, { aggregate, windows, batchSize: 3 });
          await fc.assert(
            fc.asyncProperty(drawnSeries, drawnPushes, (series, pushes) => compare(detector, series, pushes)),
            { numRuns: 8 },
          );
          detector.dispose();
        }
      }
    }
  });

  it.each<ThresholdSpec>([
    { kind: 'spot', risk: 0.05, level: 0.8 },
    { kind: 'dspot', risk: 0.05, level: 0.8, depth: 5 },
    { kind: 'dynamic', window: 30, buffer: 2 },
    { kind: 'quantile', q: 0.7 },
  ])(
    'with a threshold of kind $kind, scorers of entities, smoothing and anomalies of any rules',
    async (threshold) => {
      await startWasm();
      const smoothing = { kind: 'median', rows: 3 } as const;
      const detector = await detectorOf(specs[0]![1], {
        threshold,
        scorer: { kind: 'standardised', perEntity: true, smoothing },
      });
      const rules = fc.record({
        minRows: fc.integer({ min: 1, max: 3 }),
        mergeGap: fc.constantFrom(0, 2 * minute),
        release: fc.constantFrom(1, 0.5),
        tolerance: fc.constantFrom(0, minute),
      });
      await fc.assert(
        fc.asyncProperty(drawnSeries, drawnPushes, rules, (series, pushes, options) =>
          compare(detector, series, pushes, options),
        ),
        sampled,
      );
      detector.dispose();
    },
  );
});
