export { type ClassifierOptions, classifier } from './classifier.ts';
export { type CompositeOptions, composite } from './composite.ts';
export { type CreateModelOptions, createModel } from './create-model.ts';
export type { DecoderOptions } from './decoder-options.ts';
export { type DiagramOptions, diagram } from './diagram.ts';
export { encoderOf } from './encoder-of.ts';
export type { DenseOptions, EncoderOptions } from './encoder-options.ts';
export { type LatentTargetOptions, latentTarget } from './latent-target.ts';
export type { LayerOptions } from './layer-options.ts';
export { type LoadModelOptions, loadModel } from './load-model.ts';
export { type LossFunctions, lossesKey } from './loss-functions.ts';
export { checkSignal, createPacer, type PacerOptions } from './pacer.ts';
export { countParameters, parseSpec } from './parse-spec.ts';
export { type PredictOptions, predict } from './predict.ts';
export { type ReconstructOptions, reconstruct } from './reconstruct.ts';
export { type SaveModelOptions, saveModel, specKey } from './save-model.ts';
export { type SequenceOptions, sequence } from './sequence.ts';
export type { ModelInput, SequenceModel } from './sequence-model.ts';
export type {
  Activation,
  ClassifierSpec,
  CompositeSpec,
  DecoderSpec,
  DenseLayerSpec,
  EncoderPart,
  EncoderSpec,
  LatentTargetSpec,
  LstmLayerSpec,
  ModelSpec,
  PredictedRows,
  PredictSpec,
  ReconstructionDecoderSpec,
  ReconstructSpec,
  SequenceSpec,
} from './spec.ts';
export { summary } from './summary.ts';
