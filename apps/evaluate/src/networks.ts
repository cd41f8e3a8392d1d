import type { Suggestion } from '@retrace/detector';
import { composite, type ModelSpec, predict } from '@retrace/models';

/** A kind of network, as large as the suggested one. */
export interface Network {
  readonly name: string;
  readonly model: ModelSpec;
  /** What windows have besides those of the suggestion. */
  readonly ahead: { readonly horizon?: number };
  /** From one window that is scored to the next. */
  readonly stride: number;
}

/** The suggested autoencoder first; where rows follow on windows, a forecaster of the next row, and both in one. */
export function networksFor({ model, detector }: Suggestion, whole: boolean): readonly Network[] {
  const { lookback, stride = 1 } = detector.windows;
  const autoencoder = { name: 'autoencoder', model, ahead: {}, stride };
  if (whole) return [autoencoder];
  const { timesteps, features, encoder, bottleneck } = model;
  const size = {
    timesteps,
    features,
    units: encoder.map(({ units }) => units),
    ...(bottleneck && { bottleneck: { units: bottleneck.units } }),
  };
  const horizon = Math.ceil(lookback / 4);
  return [
    autoencoder,
    { name: 'forecaster', model: predict({ ...size, horizon: 1 }), ahead: { horizon: 1 }, stride: 1 },
    { name: 'composite', model: composite({ ...size, horizon }), ahead: { horizon }, stride },
  ];
}
