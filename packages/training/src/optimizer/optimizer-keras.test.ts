import '@tensorflow/tfjs-backend-cpu';
import { readFileSync } from 'node:fs';
import type { NamedVariable } from '@retrace/models/tensors';
import { setBackend, tensor, tidy, variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyGradients, applyRule, type UpdateContext } from './apply-gradients.ts';
import { clipGradients } from './clip-gradients.ts';
import { type ClipOptions, parseClip } from './clip-options.ts';
import { afterEpoch, initialLearningRateState, learningRateAt } from './learning-rate.ts';
import { type OptimizerSpec, parseOptimizerSpec } from './optimizer-spec.ts';
import { createOptimizerState, disposeOptimizerState } from './optimizer-state.ts';
import { ruleOf } from './rule-of.ts';
import { parseLearningRate, type ScheduleSpec } from './schedule-spec.ts';

type Arrays = Readonly<Record<string, number[]>>;

interface Golden {
  readonly shapes: Readonly<Record<string, number[]>>;
  readonly start: Arrays;
  readonly gradients: readonly Arrays[];
  readonly optimizers: Readonly<
    Record<string, { readonly spec: OptimizerSpec; readonly after: Readonly<Record<string, Arrays>> }>
  >;
  readonly clipped: Readonly<
    Record<string, { readonly clip: ClipOptions; readonly after: Readonly<Record<string, Arrays>> }>
  >;
  readonly schedules: Readonly<Record<string, { readonly spec: ScheduleSpec; readonly rates: number[] }>>;
  readonly plateaus: Readonly<
    Record<string, { readonly spec: ScheduleSpec; readonly losses: number[]; readonly rates: number[] }>
  >;
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('../../fixtures/optimizers.json', import.meta.url), 'utf8'),
);

beforeAll(() => setBackend('cpu'));

/** Takes Keras's steps, by `apply`, and returns the variables after each of the steps that Keras's are known of. */
function run(
  spec: OptimizerSpec,
  clip: ClipOptions,
  apply: typeof applyGradients,
  after: Readonly<Record<string, Arrays>>,
): { found: Arrays; expected: Arrays; step: string }[] {
  const optimizer = parseOptimizerSpec(spec);
  const rule = ruleOf(optimizer);
  const limit = parseClip(clip);
  const variables: NamedVariable[] = Object.entries(golden.start).map(([name, values]) => ({
    name,
    variable: tidy(() => variable(tensor(values, golden.shapes[name]))),
  }));
  const state = createOptimizerState(variables, rule.slots);
  const results: { found: Arrays; expected: Arrays; step: string }[] = [];
  for (const [index, arrays] of golden.gradients.entries()) {
    tidy(() => {
      const gradients = Object.fromEntries(
        variables.map(({ name, variable: of }) => [of.name, tensor(arrays[name]!, golden.shapes[name])]),
      );
      const norm = Math.hypot(...Object.values(arrays).flat());
      const learningRate = learningRateAt(optimizer.learningRate, index, initialLearningRateState);
      const context: UpdateContext = { optimizer, rule, state, count: index + 1, learningRate };
      apply(variables, limit ? clipGradients(gradients, norm, limit) : gradients, context);
    });
    const expected = after[`${index + 1}`];
    if (!expected) continue;
    const found = Object.fromEntries(variables.map(({ name, variable: of }) => [name, [...of.dataSync()]]));
    results.push({ found, expected, step: `${index + 1}` });
  }
  disposeOptimizerState(state);
  for (const each of variables) each.variable.dispose();
  return results;
}

/** ‖a − b‖∞ / ‖b‖∞ */
function distance(a: Arrays, b: Arrays): number {
  const differences = Object.keys(b).flatMap((name) =>
    b[name]!.map((value, k) => Math.abs(value - a[name]![k]!)),
  );
  return Math.max(...differences) / Math.max(...Object.values(b).flat().map(Math.abs));
}

describe('applyGradients', () => {
  it.each(Object.entries(golden.optimizers))(
    "moves as Keras's %s does over 50 steps, to 1e-6",
    (_, { spec, after }) => {
      const results = run(spec, {}, applyGradients, after);
      expect(results.map(({ step }) => step)).toEqual(['1', '2', '10', '50']);
      for (const { found, expected, step } of results)
        expect(distance(found, expected), step).toBeLessThan(1e-6);
    },
  );

  it.each(Object.entries(golden.clipped))('clips by %s as Keras does', (_, { clip, after }) => {
    for (const { found, expected, step } of run(
      { kind: 'sgd', learningRate: 0.1 },
      clip,
      applyGradients,
      after,
    )) {
      expect(distance(found, expected), step).toBeLessThan(1e-6);
    }
  });

  it('gives through the kernel of Adam what its composed form gives', () => {
    const { spec, after } = golden.optimizers.adam!;
    const composed: typeof applyGradients = (variables, gradients, context) => {
      for (const each of variables) applyRule(each, gradients, context);
    };
    const [kernel, rule] = [run(spec, {}, applyGradients, after), run(spec, {}, composed, after)];
    for (const [k, { found }] of kernel.entries()) expect(distance(found, rule[k]!.found)).toBeLessThan(1e-6);
  });

  it('finds Keras no better with another rule: the test can fail', () => {
    const { after } = golden.optimizers.rmsprop!;
    const [, , , last] = run({ kind: 'adam', learningRate: 0.01 }, {}, applyGradients, after);
    expect(distance(last!.found, last!.expected)).toBeGreaterThan(1e-3);
  });
});

describe('learningRateAt', () => {
  it.each(Object.entries(golden.schedules))("gives the rates of Keras's %s", (_, { spec, rates }) => {
    const schedule = parseLearningRate('learningRate', spec);
    for (const [updates, rate] of rates.entries()) {
      const found = learningRateAt(schedule, updates, initialLearningRateState);
      // Keras's are float32, as is the cosine, which the last rates are a difference from 1 of.
      expect(Math.abs(found - rate)).toBeLessThanOrEqual(1e-6 * rate + 1e-7 * schedule.initial);
    }
  });

  it.each(Object.entries(golden.plateaus))(
    "falls as Keras's ReduceLROnPlateau does, %s",
    (_, { spec, losses, rates }) => {
      const schedule = parseLearningRate('learningRate', spec);
      let state = initialLearningRateState;
      const found = losses.map((loss) => {
        state = afterEpoch(schedule, state, loss);
        return learningRateAt(schedule, 0, state);
      });
      for (const [epoch, rate] of rates.entries())
        expect(Math.abs(found[epoch]! - rate)).toBeLessThanOrEqual(1e-6 * rate);
      expect(new Set(rates).size).toBeGreaterThan(2);
    },
  );
});
