export type { Detector, SaveDetectorOptions } from './detector.ts';
export type { DetectorScores } from './detector-scores.ts';
export { evaluate } from './evaluate.ts';
export { fitBaselines } from './fit-baselines.ts';
export { fitDetector } from './fit-detector.ts';
export { fitRowScorer, type RowScorerOptions } from './fit-row-scorer.ts';
export { type LoadDetectorOptions, loadDetector } from './load-detector.ts';
export type { Retracer } from './retracer.ts';
export type { RowScorer, RowScorerState } from './row-scorer.ts';
