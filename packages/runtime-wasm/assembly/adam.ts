import { partStart } from './pool';
import { splat } from './vector';

/** Kingma and Ba 2015, the efficient form at the end of section 2; `adamUpdate` of @retrace/ops states it. */
@unmanaged
export class AdamJob {
  /** The variables that follow, an {@link AdamVariable} each. */
  count!: i32;
  stepSize!: f32;
  /** 1 − beta1 */
  rate1!: f32;
  /** 1 − beta2 */
  rate2!: f32;
  epsilon!: f32;
}

@unmanaged
class AdamVariable {
  /** The numbers of each array. */
  size!: i32;
  value!: usize;
  gradient!: usize;
  first!: usize;
  second!: usize;
  nextValue!: usize;
  nextFirst!: usize;
  nextSecond!: usize;
}

export function adam(job: AdamJob, index: i32, threads: i32): void {
  let variable = changetype<usize>(job) + offsetof<AdamJob>();
  for (let k = 0; k < job.count; k++, variable += offsetof<AdamVariable>())
    update(job, changetype<AdamVariable>(variable), index, threads);
}

@inline
function update(job: AdamJob, variable: AdamVariable, index: i32, threads: i32): void {
  const blocks = (variable.size + 3) >> 2;
  const begin = (<usize>partStart(blocks, index, threads)) << 4;
  const end = (<usize>partStart(blocks, index + 1, threads)) << 4;
  const stepSize = splat(job.stepSize);
  const rate1 = splat(job.rate1);
  const rate2 = splat(job.rate2);
  const epsilon = splat(job.epsilon);
  // Blocks of four: the last may reach beyond the numbers, where every block of the heap has room.
  for (let at = begin; at < end; at += 16) {
    const gradient = v128.load(variable.gradient + at);
    const first = v128.load(variable.first + at);
    const second = v128.load(variable.second + at);
    const nextFirst = f32x4.add(first, f32x4.mul(f32x4.sub(gradient, first), rate1));
    const squares = f32x4.sub(f32x4.mul(gradient, gradient), second);
    const nextSecond = f32x4.add(second, f32x4.mul(squares, rate2));
    const move = f32x4.div(f32x4.mul(nextFirst, stepSize), f32x4.add(f32x4.sqrt(nextSecond), epsilon));
    v128.store(variable.nextValue + at, f32x4.sub(v128.load(variable.value + at), move));
    v128.store(variable.nextFirst + at, nextFirst);
    v128.store(variable.nextSecond + at, nextSecond);
  }
}
