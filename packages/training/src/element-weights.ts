/** The weight of each element in the loss, as an array that broadcasts to `[size, steps, features]`. */
export interface ElementWeights {
  /** `[size, steps, channels]`; absent where every element weighs 1. */
  readonly values?: Float32Array;
  /** 1 where all features of a step weigh the same, else the number of features. */
  readonly channels: number;
  /** The sum over all elements, after broadcasting. */
  readonly total: number;
}

export interface ElementWeightsOptions {
  readonly size: number;
  readonly steps: number;
  readonly features: number;
  /** `[size, steps]`, 0 where a step is padding. */
  readonly mask?: Uint8Array | undefined;
  /** `[size, steps, features]`, 0 where a cell is missing. */
  readonly observed?: Uint8Array | undefined;
  /** `[size]` */
  readonly weight?: Float32Array | undefined;
  /** `[steps]` */
  readonly stepWeights?: Float64Array | undefined;
  /** `[features]` */
  readonly featureWeights?: Float64Array | undefined;
}

/** Multiplies what says how much each element of a batch counts: padding, missing cells, weights of its window, step, feature. */
export function elementWeights(options: ElementWeightsOptions): ElementWeights {
  const { size, steps, features, mask, observed, weight, stepWeights, featureWeights } = options;
  if (!mask && !observed && !weight && !stepWeights && !featureWeights)
    return { channels: 1, total: size * steps * features };
  const channels = observed || featureWeights ? features : 1;
  const values = new Float32Array(size * steps * channels);
  let sum = 0;
  for (let step = 0; step < size * steps; step++) {
    const ofWindow = (mask?.[step] ?? 1) * (weight?.[Math.floor(step / steps)] ?? 1);
    const ofStep = ofWindow * (stepWeights?.[step % steps] ?? 1);
    for (let channel = 0; channel < channels; channel++) {
      const k = step * channels + channel;
      values[k] = ofStep * (observed?.[k] ?? 1) * (featureWeights?.[channel] ?? 1);
      sum += values[k]!;
    }
  }
  return { values, channels, total: (sum * features) / channels };
}
