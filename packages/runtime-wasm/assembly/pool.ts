/**
 * How threads meet. All of them run the same job on the same memory, each told its index and their number, and split
 * the work by these alone. Nothing is allocated; the words below lie at the start of the memory, a cache line each.
 */
const SEQUENCE: usize = 64;
const JOB_CODE: usize = 68;
const JOB: usize = 72;
const THREADS: usize = 76;
const DONE: usize = 128;
const ARRIVED: usize = 192;
const GENERATION: usize = 256;
const SLEEPERS: usize = 320;
/** 1 where the thread that runs the jobs may sleep: everywhere but on a page's main thread. */
const MAIN_SLEEPS: usize = 324;

/** Where memory is free for others. */
export const POOL_END: usize = 384;

export const STOP: i32 = -1;

/** Looks this many times before sleeping: some tens of microseconds, about as long as waking up takes. */
const SPINS: i32 = 20000;

/** Returns once the word is no longer `seen`. */
function awaitChange(word: usize, seen: i32, index: i32, spins: i32): void {
  const maySleep = index > 0 || load<i32>(MAIN_SLEEPS) == 1;
  for (let spin = 0; spin < spins || !maySleep; spin++) if (atomic.load<i32>(word) != seen) return;
  atomic.add<i32>(SLEEPERS, 1);
  while (atomic.load<i32>(word) == seen) atomic.wait<i32>(word, seen, -1);
  atomic.sub<i32>(SLEEPERS, 1);
}

@inline
function wake(word: usize): void {
  if (atomic.load<i32>(SLEEPERS) > 0) atomic.notify(word, -1);
}

/** Returns once all `threads` threads have called it. */
export function barrier(index: i32, threads: i32): void {
  if (threads == 1) return;
  const generation = atomic.load<i32>(GENERATION);
  if (atomic.add<i32>(ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(ARRIVED, 0);
    atomic.add<i32>(GENERATION, 1);
    wake(GENERATION);
  } else awaitChange(GENERATION, generation, index, SPINS);
}

/** Says whether the thread that runs the jobs may sleep while it waits for the others. */
export function letMainSleep(may: bool): void {
  store<i32>(MAIN_SLEEPS, may ? 1 : 0);
}

/** Tells the others to run a job. */
export function announce(code: i32, job: usize, threads: i32): void {
  store<i32>(JOB_CODE, code);
  store<usize>(JOB, job);
  store<i32>(THREADS, threads);
  atomic.store<i32>(DONE, 0);
  atomic.add<i32>(SEQUENCE, 1);
  wake(SEQUENCE);
}

/** Returns once the others have run it. */
export function awaitOthers(threads: i32): void {
  let done = atomic.load<i32>(DONE);
  while (done < threads - 1) {
    awaitChange(DONE, done, 0, SPINS);
    done = atomic.load<i32>(DONE);
  }
}

/** Returns the number of the job after the one numbered `last`, once there is one. */
export function nextJob(last: i32, spins: i32): i32 {
  awaitChange(SEQUENCE, last, 1, spins);
  return atomic.load<i32>(SEQUENCE);
}

@inline
export function jobCode(): i32 {
  return load<i32>(JOB_CODE);
}

@inline
export function jobPointer(): usize {
  return load<usize>(JOB);
}

@inline
export function jobThreads(): i32 {
  return load<i32>(THREADS);
}

export function currentJob(): i32 {
  return atomic.load<i32>(SEQUENCE);
}

export function reportDone(): void {
  atomic.add<i32>(DONE, 1);
  wake(DONE);
}

/** Where part `index` of `parts` equal parts of `count` begins. */
@inline
export function partStart(count: i32, index: i32, parts: i32): i32 {
  return <i32>((<i64>count * <i64>index) / <i64>parts);
}
