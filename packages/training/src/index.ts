export type { ClassWeight } from './class-weight.ts';
export type { EpochLog, FitResult, StepLog } from './epoch-log.ts';
export { epochsOf } from './epochs-of.ts';
export { fit } from './fit.ts';
export type { EarlyStoppingOptions, FitOptions } from './fit-options.ts';
export type { LossSpec } from './loss-spec.ts';
export type { AdamSpec, OptimizerSpec } from './optimizer-spec.ts';
