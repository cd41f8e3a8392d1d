import { checkInteger, checkKeys, checkNumber, RetraceError } from '@retrace/errors';
import {
  add,
  div,
  engine,
  getBackend,
  getKernel,
  mul,
  type NamedTensorMap,
  sqrt,
  square,
  sub,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { AdamState } from './adam-state.ts';
import { checkShape } from './check-shape.ts';

/** Options of {@link adamUpdate}; the defaults are Keras's. */
export interface AdamOptions {
  /** The number of this update, from 1. */
  readonly step: number;
  /** 1e-3 by default. */
  readonly learningRate?: number;
  /** 0.9 by default. */
  readonly beta1?: number;
  /** 0.999 by default. */
  readonly beta2?: number;
  /** 1e-7 by default, at least 1e-16: at 0 a weight whose gradients were all 0 would become 0 / 0. */
  readonly epsilon?: number;
}

/** What an Adam kernel is told. */
export interface AdamAttributes {
  /** By {@link adamStepSize}. */
  stepSize: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

/**
 * The name under which a runtime may register its own kernel for all variables of a step: inputs `value0`,
 * `gradient0`, `first0` and `second0` of one shape, `value1` and so on, attributes {@link AdamAttributes}; outputs the
 * new value, first and second of variable 0, then of variable 1 and so on.
 */
export const adamKernelName = 'RetraceAdam';

/**
 * Moves each variable one step against its gradient by Adam (Kingma and Ba, 2015, the efficient form at the end
 * of section 2, as Keras 3 has it):
 *
 *     first ← first + (gradient − first) (1 − beta1)
 *     second ← second + (gradient² − second) (1 − beta2)
 *     value ← value − stepSize · first / (√second + epsilon)
 *
 * A variable without a gradient stays as it is.
 *
 * @param gradients By variable name; not disposed here.
 * @throws `RETRACE_INVALID_ARGUMENT`, `RETRACE_INVALID_SHAPE`, `RETRACE_INVALID_ADAM_STATE`; nothing has changed
 * then.
 */
export function adamUpdate(
  variables: readonly Variable[],
  gradients: NamedTensorMap,
  state: AdamState,
  options: AdamOptions,
): void {
  const attributes = adamAttributes(options);
  const trained = variables.filter(({ name }) => gradients[name]);
  for (const { name, shape } of trained) {
    checkShape(`gradients['${name}']`, gradients[name], shape);
    if (!state.has(name))
      throw new RetraceError(
        'RETRACE_INVALID_ADAM_STATE',
        `Adam's state has no moments of \`${name}\`. Make it by \`createAdamState\` from the same variables.`,
        { variable: name },
      );
  }
  if (trained.length === 0) return;
  const updating = trained.map((variable) => {
    const { first, second } = state.get(variable.name)!;
    return { value: variable, gradient: gradients[variable.name]!, first, second };
  });
  const update = getKernel(adamKernelName, getBackend()) ? registeredUpdate : referenceUpdate;
  tidy(() => {
    const updated = update(updating, attributes);
    for (const [k, { value, first, second }] of updating.entries()) {
      value.assign(updated[3 * k]!);
      first.assign(updated[3 * k + 1]!);
      second.assign(updated[3 * k + 2]!);
    }
  });
}

function adamAttributes(options: AdamOptions): AdamAttributes {
  checkKeys('options', options, ['step', 'learningRate', 'beta1', 'beta2', 'epsilon']);
  const { step, learningRate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7 } = options;
  checkInteger('step', step, { min: 1 });
  checkNumber('learningRate', learningRate, { min: 0 });
  checkNumber('beta1', beta1, { min: 0, max: 1 - Number.EPSILON });
  checkNumber('beta2', beta2, { min: 0, max: 1 - Number.EPSILON });
  checkNumber('epsilon', epsilon, { min: 1e-16 });
  return { stepSize: adamStepSize(step, learningRate, { beta1, beta2 }), beta1, beta2, epsilon };
}

/**
 * `learningRate · √(1 − beta2^step) / (1 − beta1^step)`: Adam's step size with the bias of its moments taken out.
 *
 * The powers are those of float32, as Keras has them: √(1 − 0.999) is 6e-6 larger then, and so are its first steps.
 */
export function adamStepSize(
  step: number,
  learningRate: number,
  { beta1, beta2 }: { readonly beta1: number; readonly beta2: number },
): number {
  const power = (beta: number): number => Math.fround(Math.fround(beta) ** step);
  return (learningRate * Math.sqrt(1 - power(beta2))) / (1 - power(beta1));
}

/** One variable with its gradient and moments. */
interface Updating {
  readonly value: Variable;
  readonly gradient: Tensor;
  readonly first: Variable;
  readonly second: Variable;
}

function referenceUpdate(updating: readonly Updating[], attributes: AdamAttributes): Tensor[] {
  const { stepSize, beta1, beta2, epsilon } = attributes;
  return updating.flatMap(({ value, gradient, first, second }) =>
    tidy(() => {
      const nextFirst = add(first, mul(sub(gradient, first), 1 - beta1));
      const nextSecond = add(second, mul(sub(square(gradient), second), 1 - beta2));
      const move = div(mul(nextFirst, stepSize), add(sqrt(nextSecond), epsilon));
      return [sub(value, move), nextFirst, nextSecond];
    }),
  );
}

function registeredUpdate(updating: readonly Updating[], attributes: AdamAttributes): Tensor[] {
  const inputs: NamedTensorMap = {};
  for (const [k, { value, gradient, first, second }] of updating.entries()) {
    inputs[`value${k}`] = value;
    inputs[`gradient${k}`] = gradient;
    inputs[`first${k}`] = first;
    inputs[`second${k}`] = second;
  }
  return engine().runKernel(adamKernelName, inputs, { ...attributes }) as Tensor[];
}
