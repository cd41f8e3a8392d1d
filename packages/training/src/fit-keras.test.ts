import { readFileSync } from 'node:fs';
import { createModel, reconstruct, type SequenceModel } from '@retrace/models';
import { tensorsOf } from '@retrace/models/tensors';
import { arrayWindows, type WindowBatch, type Windows } from '@retrace/windowing';
import { tensor, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCpu, weightsOf } from '../fixtures/waves.ts';
import { fit } from './fit.ts';
import type { FitOptions } from './fit-options.ts';

type Weights = Record<string, number[]>;

const golden = JSON.parse(readFileSync(new URL('../fixtures/training.json', import.meta.url), 'utf8'));
const shape: [number, number, number] = golden.shape;
const [count, timesteps, features] = shape;

const options: FitOptions = {
  epochs: golden.epochs,
  batchSize: golden.batchSize,
  optimizer: { kind: 'adam', learningRate: golden.learningRate },
  shuffle: false,
};

function goldenModel(): SequenceModel {
  const model = createModel(reconstruct({ timesteps, features, units: [golden.units] }));
  tidy(() => {
    for (const { name, variable } of tensorsOf(model).variables) {
      variable.assign(tensor(golden.initial[name], variable.shape));
    }
  });
  return model;
}

/** The largest difference between two sets of weights. */
function distance(model: SequenceModel, expected: Weights): number {
  const differences = Object.entries(weightsOf(model)).flatMap(([name, values]) => {
    expect(values).toHaveLength(expected[name]!.length);
    return Array.from(values, (value, k) => Math.abs(value - expected[name]![k]!));
  });
  return Math.max(...differences);
}

/** The golden windows with masks, missing cells and weights. */
function weightedWindows(): Windows {
  const { input, mask, observed, weight } = golden.weighted;
  const windows = arrayWindows({ input, shape });
  const pick = (values: number[], indices: ArrayLike<number>) => {
    const width = values.length / count;
    return Array.from(indices).flatMap((index) => values.slice(index * width, (index + 1) * width));
  };
  return {
    ...windows,
    batch: (indices): WindowBatch => ({
      ...windows.batch(indices),
      mask: Uint8Array.from(pick(mask, indices)),
      observed: Uint8Array.from(pick(observed, indices)),
      weight: Float32Array.from(pick(weight, indices)),
    }),
  };
}

beforeAll(startCpu);

// Twelve steps in float32, the golden ones with oneDNN's own order of summation.
const tolerance = 1e-5;

describe('fit(model, windows, options) beside Keras', () => {
  it('reaches the weights and epoch losses of `model.fit` with mse', async () => {
    const model = goldenModel();
    const { history } = await fit(model, arrayWindows({ input: golden.input, shape }), options);
    expect(distance(model, golden.mse.weights)).toBeLessThan(tolerance);
    for (const [k, { loss }] of history.entries()) {
      expect(Math.abs(loss / golden.mse.losses[k] - 1)).toBeLessThan(tolerance);
    }
    model.dispose();
  });

  it('reaches them with huber and gradients clipped by their global norm', async () => {
    const model = goldenModel();
    const norms: number[] = [];
    const { clipNorm, weights, losses } = golden.huberClipped;
    const { history } = await fit(model, arrayWindows({ input: golden.input, shape }), {
      ...options,
      clipNorm,
      loss: { kind: 'huber', delta: golden.delta },
      onStep: ({ gradientNorm }) => norms.push(gradientNorm),
    });
    expect(distance(model, weights)).toBeLessThan(tolerance);
    for (const [k, { loss }] of history.entries()) {
      expect(Math.abs(loss / losses[k] - 1)).toBeLessThan(tolerance);
    }
    expect(norms.some((norm) => norm > clipNorm) && norms.some((norm) => norm < clipNorm)).toBe(true);
    model.dispose();
  });

  it.each(['mse', 'mae', 'huber'] as const)(
    'reaches them with %s over masked, missing and weighted elements',
    async (kind) => {
      const model = goldenModel();
      const loss = kind === 'huber' ? ({ kind, delta: golden.delta } as const) : kind;
      await fit(model, weightedWindows(), { ...options, loss });
      expect(distance(model, golden.weighted[kind].weights)).toBeLessThan(tolerance);
      model.dispose();
    },
  );

  it.each(['mse', 'mae', 'huber'] as const)(
    "'s validation loss is numpy's weighted mean of %s",
    async (kind) => {
      const model = goldenModel();
      const { history } = await fit(model, weightedWindows(), {
        ...options,
        epochs: 1,
        optimizer: { kind: 'adam', learningRate: 0 },
        loss: kind === 'huber' ? { kind, delta: golden.delta } : kind,
        validation: weightedWindows(),
      });
      const expected = golden.weighted[kind].initialLoss;
      // Float32 outputs against float64 sums.
      expect(Math.abs(history[0]!.validationLoss! / expected - 1)).toBeLessThan(1e-5);
      // Batches of unequal weight, yet the mean over all elements: the weights did not move.
      expect(Math.abs(history[0]!.loss / expected - 1)).toBeLessThan(1e-5);
      model.dispose();
    },
  );
});
