export {
  activityPenalty,
  normalPenalty,
  type PenaltyOptions,
  sparsityPenalty,
  type WeightPenaltyOptions,
  weightPenalty,
} from './penalties.ts';
export type {
  AddedLoss,
  Forward,
  ForwardOptions,
  Head,
  LossOfActivations,
  LossState,
  NamedVariable,
  TensorInput,
  TensorModel,
} from './tensor-model.ts';
export { tensorsOf } from './tensors-of.ts';
