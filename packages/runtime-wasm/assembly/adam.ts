import { partStart } from './pool';
import { splat } from './vector';

/** Kingma and Ba 2015, the efficient form at the end of section 2; `adamUpdate` of @retrace/ops states it. */
@unmanaged
export class AdamJob {
  count!: i32;
  value!: usize;
  gradient!: usize;
  first!: usize;
  second!: usize;
  nextValue!: usize;
  nextFirst!: usize;
  nextSecond!: usize;
  stepSize!: f32;
  /** 1 − beta1 */
  rate1!: f32;
  /** 1 − beta2 */
  rate2!: f32;
  epsilon!: f32;
}

export function adam(job: AdamJob, index: i32, threads: i32): void {
  const blocks = (job.count + 3) >> 2;
  const begin = (<usize>partStart(blocks, index, threads)) << 4;
  const end = (<usize>partStart(blocks, index + 1, threads)) << 4;
  const stepSize = splat(job.stepSize);
  const rate1 = splat(job.rate1);
  const rate2 = splat(job.rate2);
  const epsilon = splat(job.epsilon);
  // Blocks of four: the last may reach beyond the numbers, where every block of the heap has room.
  for (let at = begin; at < end; at += 16) {
    const gradient = v128.load(job.gradient + at);
    const first = v128.load(job.first + at);
    const second = v128.load(job.second + at);
    const nextFirst = f32x4.add(first, f32x4.mul(f32x4.sub(gradient, first), rate1));
    const squares = f32x4.sub(f32x4.mul(gradient, gradient), second);
    const nextSecond = f32x4.add(second, f32x4.mul(squares, rate2));
    const move = f32x4.div(f32x4.mul(nextFirst, stepSize), f32x4.add(f32x4.sqrt(nextSecond), epsilon));
    v128.store(job.nextValue + at, f32x4.sub(v128.load(job.value + at), move));
    v128.store(job.nextFirst + at, nextFirst);
    v128.store(job.nextSecond + at, nextSecond);
  }
}
