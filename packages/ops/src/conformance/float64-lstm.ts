import type { Activation } from '../activation.ts';
import type { LstmOutputs, LstmProblem } from './lstm-problem.ts';

const activations: Readonly<Record<Activation, (x: number) => number>> = {
  linear: (x) => x,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  relu: (x) => Math.max(x, 0),
  hardSigmoid: (x) => Math.min(Math.max(x / 6 + 0.5, 0), 1),
};

/** Solves a problem in float64, one number at a time, straight from the equations: the oracle of the suite. */
export function float64Lstm({ sizes, options, inputs }: LstmProblem): LstmOutputs {
  const { batchSize, timesteps, features, units } = sizes;
  const { returnSequences, reverse, repeated } = options;
  const activate = activations[options.activation];
  const gate = activations[options.recurrentActivation];
  const { input, kernel, recurrentKernel, bias, mask } = inputs;
  const h = inputs.initialH?.slice() ?? new Array<number>(batchSize * units).fill(0);
  const c = inputs.initialC?.slice() ?? new Array<number>(batchSize * units).fill(0);
  const sequence = new Array<number>(batchSize * timesteps * units).fill(0);
  const last = new Array<number>(batchSize * units).fill(0);
  for (let row = 0; row < batchSize; row++) {
    for (let step = 0; step < timesteps; step++) {
      const t = reverse ? timesteps - 1 - step : step;
      if (!mask || mask[row * timesteps + t]) {
        const x = repeated ? row * features : (row * timesteps + t) * features;
        const z = bias.map((sum, column) => {
          let total = sum;
          for (let k = 0; k < features; k++) total += input[x + k]! * kernel[k * 4 * units + column]!;
          for (let k = 0; k < units; k++)
            total += h[row * units + k]! * recurrentKernel[k * 4 * units + column]!;
          return total;
        });
        for (let unit = 0; unit < units; unit++) {
          const [i, f, g, o] = [z[unit]!, z[units + unit]!, z[2 * units + unit]!, z[3 * units + unit]!];
          const state = row * units + unit;
          c[state] = gate(f) * c[state]! + gate(i) * activate(g);
          h[state] = gate(o) * activate(c[state]!);
          last[state] = h[state]!;
        }
      }
      for (let unit = 0; unit < units; unit++)
        sequence[(row * timesteps + t) * units + unit] = last[row * units + unit]!;
    }
  }
  return { output: returnSequences ? sequence : last, h, c };
}

/** The scalar whose gradient is compared: every output times its upstream weight, summed. */
export function float64Loss(problem: LstmProblem): number {
  const outputs = float64Lstm(problem);
  let loss = 0;
  for (const name of ['output', 'h', 'c'] as const)
    for (const [index, weight] of problem.upstream[name].entries()) loss += weight * outputs[name][index]!;
  return loss;
}
