import { RetraceError } from '@retrace/errors';
import type { ForwardOptions, TensorModel } from '@retrace/models/tensors';
import type { WindowBatch, Windows } from '@retrace/windowing';
import { dispose, type NamedTensorMap, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { describePlace, type Place, placeOf } from './place.ts';
import { uploadBatch } from './tensor-batch.ts';

/** A batch whose loss or gradients were not finite. */
export interface FailedBatch {
  readonly phase: 'training' | 'validation';
  readonly epoch: number;
  /** From 1, of `batches`. */
  readonly batch: number;
  readonly batches: number;
  readonly indices: Uint32Array;
  readonly forward: ForwardOptions;
  /** What was not finite, such as 'the loss is NaN'. */
  readonly symptom: string;
  /** By the names of tfjs variables; absent in validation. */
  readonly gradients?: NamedTensorMap;
}

/**
 * Finds out why a batch came out not finite, and makes the `RETRACE_NOT_FINITE` error that says so.
 *
 * `details.cause` is 'data' where the batch holds a number no network can take, 'weights' where the model came with
 * weights that are not finite, else 'divergence', with the first `layer` whose output is not finite, the first `gradient`
 * and the place of the first output.
 */
export async function notFiniteError(
  model: TensorModel,
  windows: Windows,
  failed: FailedBatch,
): Promise<RetraceError> {
  const { phase, epoch, batch, batches, indices, symptom } = failed;
  const details = { phase, epoch, batch, batches };
  const met = `in ${phase === 'training' ? '' : 'the validation of '}epoch ${epoch}, batch ${batch} of ${batches}`;

  const arrays = windows.batch(indices);
  const cell = unusableCell(arrays, windows, indices);
  if (cell) {
    const { value, place } = cell;
    const remedy = Number.isFinite(value)
      ? 'Its square is beyond float32: scale the series with `fitScaler` and `scale`.'
      : 'Drop the row, or mark the cell as not observed.';
    return new RetraceError(
      'RETRACE_NOT_FINITE',
      `The windows hold ${value} in ${describePlace(place)}, met ${met}. ${remedy}`,
      { cause: 'data', ...details, ...place, value: String(value) },
    );
  }

  const weight = await weightNotFinite(model);
  if (weight !== undefined) {
    return new RetraceError(
      'RETRACE_NOT_FINITE',
      `The model's weight \`${weight}\` is not finite, met ${met}. Training never leaves such a weight: create the ` +
        'model again, or load it from an intact file.',
      { cause: 'weights', ...details, weight },
    );
  }

  const found = await firstNotFinite(model, windows, arrays, failed);
  const gradient = await gradientNotFinite(model, failed);
  const { layer, place } = found;
  const where = [
    layer && `in the layer \`${layer}\``,
    place && `in the output for ${describePlace(place)}`,
    !layer && gradient && `in the gradient of \`${gradient}\``,
  ].filter(Boolean);
  const first = where.length > 0 ? `, first ${where.join(', ')}` : '';
  return new RetraceError(
    'RETRACE_NOT_FINITE',
    `Training diverged ${met}: ${symptom}${first}. The model keeps its last finite weights. Lower ` +
      '`optimizer.learningRate`, set `clipNorm` (1 is a usual value), or scale the series.',
    {
      cause: 'divergence',
      ...details,
      symptom,
      ...place,
      ...(layer && { layer }),
      ...(gradient && { gradient }),
    },
  );
}

// Squared differences of numbers of this size, summed over a batch, leave float32.
const tooLarge = 1e18;

function unusableCell(
  { input, target }: WindowBatch,
  windows: Windows,
  indices: Uint32Array,
): { value: number; place: Place } | undefined {
  for (const part of ['input', 'target'] as const) {
    const values = part === 'input' ? input : target;
    const position = values?.findIndex((value) => !(Math.abs(value) < tooLarge)) ?? -1;
    if (position >= 0) return { value: values![position]!, place: placeOf(windows, indices, position, part) };
  }
  return undefined;
}

async function weightNotFinite({ variables }: TensorModel): Promise<string | undefined> {
  for (const { name, variable } of variables) {
    if ((await variable.data()).some((value) => !Number.isFinite(value))) return name;
  }
  return undefined;
}

/** The first layer, in the order of the forward pass, and the first cell of an output that are not finite. */
async function firstNotFinite(
  model: TensorModel,
  windows: Windows,
  batch: WindowBatch,
  { indices, forward }: FailedBatch,
): Promise<{ readonly layer?: string; readonly place?: Place }> {
  const { outputs, activations } = tidy(() => {
    const passed = model.forward(uploadBatch(batch, windows, model.heads).input, forward);
    return { outputs: { ...passed.outputs }, activations: { ...passed.activations } };
  });
  try {
    const layer = await firstOf(Object.entries(activations));
    const heads = model.heads.filter(({ target }) => target !== 'label');
    const output = await firstOf(heads.map(({ name }) => [name, outputs[name]!]));
    const head = heads.find(({ name }) => name === output?.name);
    return {
      ...(layer && { layer: layer.name }),
      ...(head && { place: placeOf(windows, indices, output!.position, head.target as 'input' | 'target') }),
    };
  } finally {
    dispose([...Object.values(outputs), ...Object.values(activations)]);
  }
}

async function gradientNotFinite(
  { variables }: TensorModel,
  { gradients = {} }: FailedBatch,
): Promise<string | undefined> {
  const named = variables.flatMap(({ name, variable }): [string, Tensor][] => {
    const gradient = gradients[variable.name];
    return gradient ? [[name, gradient]] : [];
  });
  return (await firstOf(named))?.name;
}

async function firstOf(
  tensors: readonly (readonly [string, Tensor])[],
): Promise<{ readonly name: string; readonly position: number } | undefined> {
  for (const [name, tensor] of tensors) {
    const position = (await tensor.data()).findIndex((value) => !(Math.abs(value) < tooLarge));
    if (position >= 0) return { name, position };
  }
  return undefined;
}
