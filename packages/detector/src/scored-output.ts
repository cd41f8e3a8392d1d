/**
 * What of a model a row is scored by: how the series departs from its `'reconstruction'` or from its `'prediction'`, where
 * the `'latent'` vector of the row's window lies among those of the calibration rows, or how far a latent-target model's
 * output is from its target, `'latentTarget'`.
 */
export type ScoredOutput = 'reconstruction' | 'prediction' | 'latent' | 'latentTarget';

export const scoredOutputs = ['reconstruction', 'prediction', 'latent', 'latentTarget'] as const;
