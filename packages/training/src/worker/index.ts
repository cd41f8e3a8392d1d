export { epochsInWorker, fitInWorker, type TrainingWorker, type WorkerFitResult } from './fit-in-worker.ts';
export { type ServeTrainingOptions, serveTraining } from './serve-training.ts';
export type { ModelSource, NamedCheckpoints, WindowsSource, WorkerFitOptions } from './training-request.ts';
