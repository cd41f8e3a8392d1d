import { AdamJob, adam } from './adam';
import { lstmBackward } from './lstm-backward';
import { lstmForward } from './lstm-forward';
import { lstmInputGradient } from './lstm-input-gradient';
import { LstmJob } from './lstm-job';
import { LossJob, loss, lossGradient, squares } from './loss';
import {
  announce,
  awaitOthers,
  currentJob,
  jobCode,
  jobPointer,
  jobThreads,
  nextJob,
  reportDone,
  STOP,
} from './pool';
import { ProductJob, product } from './product';

export { activateAll } from './activation';
export { CONSTANTS_END as heapStart, writeConstants } from './constants';
export { backwardScratchBytes } from './lstm-backward';
export { forwardScratchBytes } from './lstm-forward';
export { inputGradientScratchBytes } from './lstm-input-gradient';
export { lossPartialsBytes } from './loss';
export { reserveBytes } from './lstm-job';
export { letMainSleep } from './pool';
export { productScratchBytes } from './product';
export { registerPeak, tilePanels } from './tile';

// The numbers of the jobs; src/kernel-module.ts has the same.
const LSTM_FORWARD: i32 = 0;
const LSTM_BACKWARD: i32 = 1;
const LSTM_INPUT_GRADIENT: i32 = 2;
const PRODUCT: i32 = 3;
const ADAM: i32 = 4;
const LOSS: i32 = 5;
const LOSS_GRADIENT: i32 = 6;
const SQUARES: i32 = 7;

function runPart(code: i32, job: usize, index: i32, threads: i32): void {
  if (code == LSTM_FORWARD) lstmForward(changetype<LstmJob>(job), index, threads);
  else if (code == LSTM_BACKWARD) lstmBackward(changetype<LstmJob>(job), index, threads);
  else if (code == LSTM_INPUT_GRADIENT) lstmInputGradient(changetype<LstmJob>(job), index, threads);
  else if (code == PRODUCT) product(changetype<ProductJob>(job), index, threads);
  else if (code == ADAM) adam(changetype<AdamJob>(job), index, threads);
  else if (code == LOSS) loss(changetype<LossJob>(job), index, threads);
  else if (code == LOSS_GRADIENT) lossGradient(changetype<LossJob>(job), index, threads);
  else if (code == SQUARES) squares(changetype<LossJob>(job), index, threads);
}

/** Runs a job on this thread and `threads` − 1 others; returns once it is done. */
export function run(code: i32, job: usize, threads: i32): void {
  if (threads > 1) announce(code, job, threads);
  runPart(code, job, 0, threads);
  if (threads > 1) awaitOthers(threads);
}

/** Tells the other threads to return from `serve`. */
export function stop(): void {
  announce(STOP, 0, 0);
}

/** Runs this thread's part of every job from the one after `last` on, until `stop`. */
export function serve(index: i32, last: i32, spins: i32): void {
  let seen = last;
  for (;;) {
    seen = nextJob(seen, spins);
    const code = jobCode();
    if (code == STOP) return;
    runPart(code, jobPointer(), index, jobThreads());
    reportDone();
  }
}

/** The number of the last job announced. */
export function lastJob(): i32 {
  return currentJob();
}
