export type { CheckpointOptions } from './checkpoint/checkpoint-options.ts';
export type { ClassWeight } from './class-weight.ts';
export type { EpochLog, FitResult, StepLog } from './epoch-log.ts';
export { epochsOf } from './epochs-of.ts';
export { fit } from './fit.ts';
export { checkFitOptions, type EarlyStoppingOptions, type FitOptions } from './fit-options.ts';
export type { NoiseSpec } from './input-noise.ts';
export type { LossSpec } from './loss-spec.ts';
export type { LossWeights } from './loss-weights.ts';
export type { ClipOptions } from './optimizer/clip-options.ts';
export type {
  AdamaxSpec,
  AdamSpec,
  NadamSpec,
  OptimizerSpec,
  RmspropSpec,
  SgdSpec,
} from './optimizer/optimizer-spec.ts';
export type {
  CosineSchedule,
  ExponentialSchedule,
  LearningRate,
  PlateauSchedule,
  ScheduleSpec,
  StepSchedule,
} from './optimizer/schedule-spec.ts';
