export type {
  AddedLoss,
  Forward,
  ForwardOptions,
  Head,
  LossOfActivations,
  NamedVariable,
  TensorInput,
  TensorModel,
} from './tensor-model.ts';
export { tensorsOf } from './tensors-of.ts';
