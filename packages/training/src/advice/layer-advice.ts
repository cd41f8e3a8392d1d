import type { LstmLayerSpec, ModelSpec } from '@retrace/models';

// A relu LSTM fed with scaled values puts out some tens; its states grow from step to step, and so do its gradients.
const exploding = 1e4;

/** Whether a model has an LSTM layer whose output is without bounds. */
export function isUnbounded(spec: ModelSpec): boolean {
  return lstmLayers(spec).some(({ activation }) => activation === 'relu' || activation === 'linear');
}

/**
 * Says which layer puts out numbers that will soon be too large; undefined where none does.
 *
 * @param largest The largest magnitude of each layer's output.
 */
export function explosionAdvice(
  layers: readonly string[],
  largest: ArrayLike<number>,
  epoch: number,
): string | undefined {
  const index = layers.findIndex((_, k) => largest[k]! >= exploding);
  if (index === -1) return undefined;
  return (
    `After epoch ${epoch} the layer \`${layers[index]}\` puts out ${largest[index]!.toPrecision(2)}: an LSTM whose activation ` +
    'has no bounds grows from step to step, and will leave float32. Use `tanh`, set `clipNorm` (1 is a usual value), or ' +
    'lower `optimizer.learningRate`.'
  );
}

/**
 * Says how many units of the latent vector are the same for every window; undefined where all tell windows apart.
 *
 * @param latent `[windows, units]`, at least two windows.
 */
export function deadLatentAdvice(latent: ArrayLike<number>, units: number): string | undefined {
  const dead = Array.from({ length: units }, (_, unit) => isConstant(latent, unit, units)).filter(
    Boolean,
  ).length;
  if (dead === 0) return undefined;
  return (
    `${dead} of ${units} units of the latent vector are dead: they are the same for every window. Use \`tanh\` instead of ` +
    '`relu`, a lower `optimizer.learningRate`, or fewer units.'
  );
}

// Roundings of float32 are no difference.
function isConstant(values: ArrayLike<number>, from: number, stride: number): boolean {
  const first = values[from]!;
  for (let k = from; k < values.length; k += stride) {
    if (Math.abs(values[k]! - first) > 1e-6 * Math.max(1, Math.abs(first))) return false;
  }
  return true;
}

function lstmLayers(spec: ModelSpec): readonly LstmLayerSpec[] {
  return [
    ...('encoder' in spec ? spec.encoder : []),
    ...('layers' in spec ? spec.layers : []),
    ...('decoder' in spec ? spec.decoder.layers : []),
    ...('decoders' in spec ? Object.values(spec.decoders).flatMap(({ layers }) => layers) : []),
  ];
}
