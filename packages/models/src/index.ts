export type { ModelInput, SequenceModel } from './sequence-model.ts';
export type { Activation, LstmLayerSpec, ModelSpec, ReconstructSpec } from './spec.ts';
