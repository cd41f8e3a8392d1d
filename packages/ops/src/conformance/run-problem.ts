import {
  add,
  mul,
  type NamedTensorMap,
  type Scalar,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { type LstmResult, lstm } from '../lstm.ts';
import { repeated } from '../repeated.ts';
import { valueAndGradients } from '../value-and-gradients.ts';
import type { LstmProblem } from './lstm-problem.ts';

/** The arrays an operation gave, by name. */
export type Arrays = Readonly<Record<string, ArrayLike<number>>>;

/** Runs a problem on the current backend; returns its outputs, and the gradients of its loss by every input. */
export async function runProblem(problem: LstmProblem): Promise<{ outputs: Arrays; gradients: Arrays }> {
  const variables = problemVariables(problem);
  const byName = new Map([...variables].map(([name, value]) => [value.name, name]));
  let outputs: NamedTensorMap = {};
  try {
    outputs = tidy(() => ({ ...runLstm(problem, variables) }));
    const { value, gradients } = valueAndGradients(() => loss(problem, variables), [...variables.values()]);
    value.dispose();
    const named = Object.entries(gradients).map(([name, gradient]) => [byName.get(name)!, gradient] as const);
    return { outputs: await read(outputs), gradients: await read(Object.fromEntries(named)) };
  } finally {
    for (const value of variables.values()) value.dispose();
  }
}

/** The scalar {@link runProblem} differentiates. */
function loss(problem: LstmProblem, variables: ReadonlyMap<string, Variable>): Scalar {
  return tidy(() => {
    const outputs = runLstm(problem, variables);
    const weighted = (['output', 'h', 'c'] as const).map((name) =>
      sum<Scalar>(mul(outputs[name], tensor([...problem.upstream[name]], outputs[name].shape))),
    );
    return weighted.reduce((total, term) => add(total, term));
  });
}

function runLstm(
  { sizes, options, inputs }: LstmProblem,
  variables: ReadonlyMap<string, Variable>,
): LstmResult {
  const { batchSize, timesteps } = sizes;
  const { repeated: isRepeated, ...given } = options;
  const input = variables.get('input')!;
  const [h, c] = [variables.get('initialH'), variables.get('initialC')];
  return lstm(
    isRepeated ? repeated(input as unknown as Tensor2D, timesteps) : (input as unknown as Tensor3D),
    {
      kernel: variables.get('kernel') as unknown as Tensor2D,
      recurrentKernel: variables.get('recurrentKernel') as unknown as Tensor2D,
      bias: variables.get('bias') as unknown as Tensor1D,
    },
    {
      ...given,
      ...(h && c && { initialState: { h: h as unknown as Tensor2D, c: c as unknown as Tensor2D } }),
      ...(inputs.mask && { mask: tensor([...inputs.mask], [batchSize, timesteps]) as Tensor2D }),
    },
  );
}

function problemVariables({ sizes, options, inputs }: LstmProblem): Map<string, Variable> {
  const { batchSize, timesteps, features, units } = sizes;
  const shapes = {
    input: options.repeated ? [batchSize, features] : [batchSize, timesteps, features],
    kernel: [features, 4 * units],
    recurrentKernel: [units, 4 * units],
    bias: [4 * units],
    initialH: [batchSize, units],
    initialC: [batchSize, units],
  };
  const named = Object.entries(shapes).flatMap(([name, shape]) => {
    const values = inputs[name as keyof typeof shapes];
    return values ? [[name, tidy(() => variable(tensor([...values], shape)))] as const] : [];
  });
  return new Map(named);
}

async function read(tensors: NamedTensorMap): Promise<Arrays> {
  const entries = await Promise.all(
    Object.entries(tensors).map(async ([name, value]) => [name, Array.from(await value.data())] as const),
  );
  for (const value of Object.values(tensors)) value.dispose();
  return Object.fromEntries(entries);
}
