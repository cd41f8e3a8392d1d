import type { ModelSpec } from '@retrace/models';

const names: Readonly<Record<ModelSpec['kind'], string>> = {
  reconstruct: 'autoencoder',
  sequence: 'autoencoder',
  predict: 'forecaster',
  composite: 'composite model',
  latentTarget: 'latent-target model',
  encoder: 'encoder',
  classifier: 'classifier',
};

/** What a model is called in tables and sentences. */
export function networkName({ kind }: ModelSpec): string {
  return names[kind];
}
