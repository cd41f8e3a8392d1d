import type { Activation } from '../activation.ts';

/** An LSTM to run and what to compare, in plain numbers, row-major, of the shapes `lstm` documents. */
export interface LstmProblem {
  readonly sizes: LstmSizes;
  readonly options: {
    readonly returnSequences: boolean;
    readonly reverse: boolean;
    /** Whether `input` is `[batch, features]`, the same at every timestep. */
    readonly repeated: boolean;
    readonly activation: Activation;
    readonly recurrentActivation: Activation;
  };
  readonly inputs: LstmArrays & { readonly mask?: readonly number[] };
  /** What the scalar that is differentiated weighs each output by. */
  readonly upstream: LstmOutputs;
}

interface LstmSizes {
  readonly batchSize: number;
  readonly timesteps: number;
  readonly features: number;
  readonly units: number;
}

export interface LstmOutputs {
  readonly output: readonly number[];
  readonly h: readonly number[];
  readonly c: readonly number[];
}

/** What an LSTM may be differentiated by; without an initial state, its two are absent. */
export interface LstmArrays {
  readonly input: readonly number[];
  readonly kernel: readonly number[];
  readonly recurrentKernel: readonly number[];
  readonly bias: readonly number[];
  readonly initialH?: readonly number[];
  readonly initialC?: readonly number[];
}

/** What a problem is made from. */
export interface LstmProblemOptions extends Partial<LstmProblem['options']> {
  readonly sizes: LstmSizes;
  readonly masked?: boolean;
  readonly initialState?: boolean;
  readonly seed?: number;
}

/** Makes a problem with pseudo-random numbers that float32 holds exactly. */
export function lstmProblem({
  sizes,
  masked = false,
  initialState = false,
  seed = 1,
  ...options
}: LstmProblemOptions): LstmProblem {
  const { batchSize, timesteps, features, units } = sizes;
  const next = generator(seed);
  const draw = (count: number, scale: number): number[] =>
    Array.from({ length: count }, () => Math.fround((2 * next() - 1) * scale));
  const { returnSequences = true, repeated = false } = options;
  // Weights shrink with their fan-in as initialisers make them, so that wide layers do not saturate.
  const weights = (rows: number): number[] => draw(rows * 4 * units, 2 / Math.sqrt(rows));
  return {
    sizes,
    options: {
      returnSequences,
      repeated,
      reverse: options.reverse ?? false,
      activation: options.activation ?? 'tanh',
      recurrentActivation: options.recurrentActivation ?? 'sigmoid',
    },
    inputs: {
      input: draw(batchSize * (repeated ? 1 : timesteps) * features, 1),
      kernel: weights(features),
      recurrentKernel: weights(units),
      bias: draw(4 * units, 0.5),
      ...(initialState && { initialH: draw(batchSize * units, 1), initialC: draw(batchSize * units, 1) }),
      ...(masked && { mask: Array.from({ length: batchSize * timesteps }, () => (next() < 0.6 ? 1 : 0)) }),
    },
    upstream: {
      output: draw(batchSize * (returnSequences ? timesteps : 1) * units, 1),
      h: draw(batchSize * units, 1),
      c: draw(batchSize * units, 1),
    },
  };
}

/** Numbers from 0 to 1 by the linear congruential generator of Numerical Recipes: any would do here. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
