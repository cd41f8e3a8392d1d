import * as z from 'zod/mini';
import type { DecoderSpec, EncoderPart, LatentTargetSpec, ModelSpec, PredictedRows } from './spec.ts';

const size = (max: number) => z.int().check(z.gte(1), z.lte(max));
const activation = z.enum(['linear', 'tanh', 'sigmoid', 'relu', 'hardSigmoid']);
const lstmLayer = z.strictObject({
  units: size(65_536),
  activation,
  recurrentActivation: activation,
  dropout: z.number().check(z.gte(0), z.lt(1)),
});
const denseLayer = z.strictObject({ units: size(65_536), activation });
const lstmLayers = z.array(lstmLayer).check(z.minLength(1), z.maxLength(64));
const denseLayers = z.array(denseLayer).check(z.maxLength(64));

const decoder = {
  layers: lstmLayers,
  bridge: z.enum(['repeat', 'state']),
  conditional: z.boolean(),
  variance: z.optional(z.boolean()),
};
const reconstructionDecoder = { ...decoder, reversed: z.boolean() };
const weight = z.number().check(z.gte(0));

/** More steps than this would not fit the memory of a training step. */
const maxSteps = 1_000_000;
const base = {
  format: z.literal('retrace-model'),
  version: z.literal(1),
  timesteps: size(maxSteps),
  features: size(1_000_000),
};
const encoderPart = { ...base, encoder: lstmLayers, bottleneck: z.optional(denseLayer) };
const predictedRows = { horizon: size(maxSteps), shift: z.int().check(z.lte(maxSteps)) };

/** What is wrong between the fields of a spec that are each in order. */
export interface Conflict {
  readonly pointer: string;
  readonly problem: string;
}

/** The shape of each kind's spec, by the kind's name. */
export const specSchemas: Readonly<Record<ModelSpec['kind'], z.ZodMiniType>> = {
  reconstruct: z.strictObject({
    ...encoderPart,
    kind: z.literal('reconstruct'),
    decoder: z.strictObject(reconstructionDecoder),
  }),
  predict: z.strictObject({
    ...encoderPart,
    ...predictedRows,
    kind: z.literal('predict'),
    decoder: z.strictObject(decoder),
  }),
  composite: z.strictObject({
    ...encoderPart,
    ...predictedRows,
    kind: z.literal('composite'),
    decoders: z.strictObject({
      reconstruction: z.strictObject({ ...reconstructionDecoder, weight }),
      prediction: z.strictObject({ ...decoder, weight }),
    }),
  }),
  latentTarget: z.strictObject({
    ...base,
    kind: z.literal('latentTarget'),
    encoder: lstmLayers,
    dense: denseLayers,
    target: z.string(),
    stopGradient: z.boolean(),
    loss: z.enum(['mse', 'mae']),
  }),
  sequence: z.strictObject({ ...base, kind: z.literal('sequence'), layers: lstmLayers }),
  classifier: z.strictObject({
    ...encoderPart,
    kind: z.literal('classifier'),
    dense: denseLayers,
    classes: z.int().check(z.gte(2), z.lte(65_536)),
    frozen: z.boolean(),
  }),
  encoder: z.strictObject({ ...encoderPart, kind: z.literal('encoder') }),
};

/** The conflicts between the fields of a spec whose shape is in order. */
export function specConflicts(spec: ModelSpec): readonly Conflict[] {
  switch (spec.kind) {
    case 'reconstruct':
      return bridgeConflicts(spec, spec.decoder, '/decoder');
    case 'predict':
      return [...shiftConflicts(spec), ...bridgeConflicts(spec, spec.decoder, '/decoder')];
    case 'composite':
      return [
        ...shiftConflicts(spec),
        ...bridgeConflicts(spec, spec.decoders.reconstruction, '/decoders/reconstruction'),
        ...bridgeConflicts(spec, spec.decoders.prediction, '/decoders/prediction'),
      ];
    case 'latentTarget':
      return targetConflicts(spec);
    default:
      return [];
  }
}

/** Where a decoder cannot be started from the encoder's states. */
function bridgeConflicts(
  { encoder, bottleneck }: Pick<EncoderPart, 'encoder' | 'bottleneck'>,
  { layers, bridge }: DecoderSpec,
  pointer: string,
): Conflict[] {
  if (bridge === 'repeat') return [];
  if (bottleneck) {
    const problem = "a decoder started from the encoder's states would pass the bottleneck by; use 'repeat'";
    return [{ pointer: `${pointer}/bridge`, problem }];
  }
  if (layers.length !== encoder.length) {
    const problem = `${encoder.length} layers expected, as in the encoder whose states they are started from`;
    return [{ pointer: `${pointer}/layers`, problem }];
  }
  return layers.flatMap(({ units }, index) => {
    const expected = encoder[encoder.length - 1 - index]!.units;
    const problem = `${expected} units expected, as in the encoder layer whose state it is started from`;
    return units === expected ? [] : [{ pointer: `${pointer}/layers/${index}/units`, problem }];
  });
}

/** Where predicted rows would begin before the first row in. */
function shiftConflicts({ timesteps, shift }: PredictedRows & { timesteps: number }): Conflict[] {
  if (shift >= -timesteps) return [];
  return [{ pointer: '/shift', problem: `at least -${timesteps} expected, the timesteps` }];
}

/** Where the target is no layer of the encoder. */
function targetConflicts({ encoder, target }: LatentTargetSpec): Conflict[] {
  const names = [...encoder.map((_, index) => `encoder/${index}`), 'latent'];
  if (names.includes(target)) return [];
  return [{ pointer: '/target', problem: `one of ${names.join(', ')} expected` }];
}
