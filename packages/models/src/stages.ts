import type { LstmLayerSpec, ModelSpec } from './spec.ts';

/** One step of a model's data flow, for people: the layer's name, what it is and what leaves it (batch axis left out). */
export interface Stage {
  readonly name: string;
  readonly what: string;
  readonly shape: readonly number[];
}

/** The stages of a model in the order data passes them. */
export function stages(spec: ModelSpec): readonly Stage[] {
  if (spec.kind !== 'reconstruct') return [];
  const { timesteps, features, encoder, decoder } = spec;
  const latentSize = encoder.at(-1)!.units;
  return [
    { name: 'input', what: 'window', shape: [timesteps, features] },
    ...encoder.map((layer, index) => ({
      name: `encoder/${index}`,
      what: describe(layer),
      shape: index < encoder.length - 1 ? [timesteps, layer.units] : [layer.units],
    })),
    { name: 'latent', what: 'repeat over time', shape: [timesteps, latentSize] },
    ...decoder.layers.map((layer, index) => ({
      name: `decoder/${index}`,
      what: describe(layer),
      shape: [timesteps, layer.units],
    })),
    { name: 'reconstruction', what: 'dense over time', shape: [timesteps, features] },
  ];
}

function describe({ units, activation, dropout }: LstmLayerSpec): string {
  const extras = [activation !== 'tanh' && activation, dropout > 0 && `dropout ${dropout}`].filter(Boolean);
  return [`LSTM ${units}`, ...extras].join(', ');
}
