import { partStart } from './pool';

/** What the loss jobs are told; `@retrace/ops` states what they compute. */
@unmanaged
export class LossJob {
  count!: i32;
  /** How many numbers in a row share a weight. */
  perWeight!: i32;
  kind!: i32;
  delta!: f32;
  prediction!: usize;
  target!: usize;
  /** 0 where every element weighs 1. */
  weights!: usize;
  /** Of each block the sum of the losses and of the weights, f64. */
  partials!: usize;
  scale!: f32;
  gradient!: usize;
}

const SQUARED: i32 = 0;
const ABSOLUTE: i32 = 1;

/** Sums are taken block by block, so that they do not depend on the number of threads. */
const BLOCK: i32 = 4096;

@inline
function blockCount(count: i32): i32 {
  return (count + BLOCK - 1) / BLOCK;
}

export function lossPartialsBytes(count: i32): usize {
  return <usize>blockCount(count) << 4;
}

@inline
function element(error: f32, kind: i32, delta: f32): f32 {
  if (kind == SQUARED) return error * error;
  const size = abs<f32>(error);
  if (kind == ABSOLUTE) return size;
  const quadratic = min<f32>(size, delta);
  return quadratic * (size - <f32>0.5 * quadratic);
}

@inline
function elementSlope(error: f32, kind: i32, delta: f32): f32 {
  if (kind == SQUARED) return 2 * error;
  if (kind == ABSOLUTE) return error > 0 ? 1 : error < 0 ? -1 : error;
  return max<f32>(min<f32>(error, delta), -delta);
}

export function loss(job: LossJob, index: i32, threads: i32): void {
  const blocks = blockCount(job.count);
  for (let block = partStart(blocks, index, threads); block < partStart(blocks, index + 1, threads); block++) {
    let total: f64 = 0;
    let weights: f64 = 0;
    const end = min((block + 1) * BLOCK, job.count);
    for (let i = block * BLOCK; i < end; i++) {
      const at = <usize>i << 2;
      const error = load<f32>(job.prediction + at) - load<f32>(job.target + at);
      const weight = job.weights ? load<f32>(job.weights + (<usize>(i / job.perWeight) << 2)) : 1;
      total += <f64>(weight * element(error, job.kind, job.delta));
      weights += <f64>weight;
    }
    store<f64>(job.partials + (<usize>block << 4), total);
    store<f64>(job.partials + (<usize>block << 4), weights, 8);
  }
}

export function lossGradient(job: LossJob, index: i32, threads: i32): void {
  const end = partStart(job.count, index + 1, threads);
  for (let i = partStart(job.count, index, threads); i < end; i++) {
    const at = <usize>i << 2;
    const error = load<f32>(job.prediction + at) - load<f32>(job.target + at);
    const weight = job.weights ? load<f32>(job.weights + (<usize>(i / job.perWeight) << 2)) : 1;
    store<f32>(job.gradient + at, job.scale * weight * elementSlope(error, job.kind, job.delta));
  }
}

/** The sum of the squares of each block of `count` numbers at `prediction`, as the first of its partials. */
export function squares(job: LossJob, index: i32, threads: i32): void {
  const blocks = blockCount(job.count);
  for (let block = partStart(blocks, index, threads); block < partStart(blocks, index + 1, threads); block++) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let i = block * BLOCK;
    const end = min(i + BLOCK, job.count);
    for (; i + 4 <= end; i += 4) {
      const x = v128.load(job.prediction + (<usize>i << 2));
      const square = f32x4.mul(x, x);
      low = f64x2.add(low, f64x2.promote_low_f32x4(square));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i64>(square, square, 1, 1)));
    }
    const sum = f64x2.add(low, high);
    let total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    for (; i < end; i++) {
      const x = load<f32>(job.prediction + (<usize>i << 2));
      total += <f64>(x * x);
    }
    store<f64>(job.partials + (<usize>block << 4), total);
  }
}
