import { argumentError, checkKeys, checkNumber, RetraceError } from '@retrace/errors';
import {
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { architectureOf, weightSpecs } from './architecture.ts';
import { checkInput } from './check-input.ts';
import { countParameters } from './parse-spec.ts';
import { createRandomStream } from './random-stream.ts';
import type { ModelInput } from './sequence-model.ts';
import type { ModelSpec } from './spec.ts';
import type {
  AddedLoss,
  Forward,
  ForwardOptions,
  Head,
  LossOfActivations,
  NamedVariable,
  TensorInput,
  TensorModel,
} from './tensor-model.ts';
import type { Weights } from './weights.ts';

/** The one implementation of a model, for every kind: its weights as variables, and the architecture of its spec. */
export class BuiltModel implements TensorModel {
  readonly spec: ModelSpec;
  readonly parameters: number;
  readonly heads: readonly Head[];
  readonly ownTarget?: string;
  readonly #ownLosses: readonly AddedLoss[];
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #added: AddedLoss[] = [];
  #disposed = false;

  constructor(spec: ModelSpec, values: ReadonlyMap<string, Float32Array>) {
    this.spec = spec;
    this.parameters = countParameters(spec);
    const { heads, losses, ownTarget } = architectureOf(spec);
    this.heads = heads(spec);
    this.#ownLosses = losses?.(spec) ?? [];
    if (ownTarget) this.ownTarget = ownTarget(spec);
    this.#variables = new Map(
      weightSpecs(spec).map(({ name, shape, trainable = true }) => {
        const initial = tensor(values.get(name)!.slice(), [...shape]);
        const weight = variable(initial, trainable);
        initial.dispose();
        return [name, weight];
      }),
    );
  }

  get variables(): readonly NamedVariable[] {
    this.#assertUsable();
    return [...this.#variables].map(([name, weight]) => ({ name, variable: weight }));
  }

  get losses(): readonly AddedLoss[] {
    return [...this.#ownLosses, ...this.#added];
  }

  get addedLosses(): readonly AddedLoss[] {
    return this.#added;
  }

  forward(input: TensorInput, options: ForwardOptions): Forward {
    this.#assertUsable();
    const { training, random = { seed: 0, step: 0 }, teacherForcing = 1 } = options;
    checkNumber('teacherForcing', teacherForcing, { min: 0, max: 1 });
    const pass = training ? { stream: createRandomStream(random), teacherForcing } : undefined;
    return architectureOf(this.spec).forward(this.spec, this.#weights, input, pass);
  }

  encodeTensor(input: TensorInput): Tensor2D {
    this.#assertUsable();
    const { encode } = architectureOf(this.spec);
    if (encode) return encode(this.spec, this.#weights, input);
    throw new RetraceError(
      'RETRACE_MODEL_KIND',
      `A model of kind '${this.spec.kind}' has no latent vector. Use an autoencoder, such as \`reconstruct\`.`,
      { kind: this.spec.kind },
    );
  }

  addLoss(name: string, loss: LossOfActivations, options: { readonly weight?: number } = {}): void {
    this.#assertUsable();
    checkKeys('options', options, ['weight']);
    const { weight = 1 } = options;
    const taken = [...this.heads, ...this.losses].map((term) => term.name);
    if (typeof name !== 'string' || name === '' || taken.includes(name)) {
      const others = taken.length === 0 ? '' : ` that no head or other loss has (${taken.join(', ')})`;
      throw argumentError('name', `a name${others}`, name);
    }
    if (typeof loss !== 'function') throw argumentError('loss', 'a function that returns a scalar', loss);
    this.#added.push({ name, loss, weight: checkNumber('weight', weight) });
  }

  async encode(batch: ModelInput): Promise<Float32Array> {
    this.#assertUsable();
    const latent = tidy(() => this.encodeTensor(this.#toTensors(batch)));
    return readAndDispose(latent);
  }

  async run(batch: ModelInput): Promise<Readonly<Record<string, Float32Array>>> {
    this.#assertUsable();
    const outputs = tidy(() => ({ ...this.forward(this.#toTensors(batch), { training: false }).outputs }));
    const arrays = Object.entries(outputs).map(
      async ([name, output]) => [name, await readAndDispose(output)] as const,
    );
    return Object.fromEntries(await Promise.all(arrays));
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    for (const weight of this.#variables.values()) weight.dispose();
  }

  readonly #weights: Weights = <T extends Tensor>(name: string): T =>
    this.#variables.get(name) as Tensor as T;

  #toTensors(batch: ModelInput): TensorInput {
    checkInput(batch, this.spec);
    const { timesteps, features } = this.spec;
    const input: Tensor3D = tensor(batch.input.slice(), [batch.size, timesteps, features]);
    if (!batch.mask) return { input };
    return { input, mask: tensor(Float32Array.from(batch.mask), [batch.size, timesteps]) };
  }

  #assertUsable(): void {
    if (!this.#disposed) return;
    throw new RetraceError(
      'RETRACE_DISPOSED',
      'This model was disposed and has no weights any more. Create it again, or load it from its file.',
    );
  }
}

async function readAndDispose(output: Tensor): Promise<Float32Array> {
  try {
    return (await output.data()) as Float32Array;
  } finally {
    output.dispose();
  }
}
