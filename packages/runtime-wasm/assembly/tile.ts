import { multiplyAdd } from './vector';

/**
 * The one product everything is made of, on operands packed to be read in order:
 *
 *     out[r][0…7] = init[r][0…7] + Σ_k a[k][r] · b[k][0…7]      r = 0…3, k = 0…depth − 1
 *
 * `init` and `out` may be the same; strides are in bytes. Eight sums, two rows of b and one factor of a fill V8's
 * fifteen vector registers as far as they go without spilling.
 */
@inline
export function tile(
  a: usize,
  b: usize,
  depth: i32,
  init: usize,
  initStride: usize,
  out: usize,
  outStride: usize,
): void {
  let row = init;
  let c00 = v128.load(row);
  let c01 = v128.load(row, 16);
  row += initStride;
  let c10 = v128.load(row);
  let c11 = v128.load(row, 16);
  row += initStride;
  let c20 = v128.load(row);
  let c21 = v128.load(row, 16);
  row += initStride;
  let c30 = v128.load(row);
  let c31 = v128.load(row, 16);
  let left = a;
  let right = b;
  const end = a + (<usize>depth << 4);
  while (left < end) {
    const b0 = v128.load(right);
    const b1 = v128.load(right, 16);
    let factor = v128.load32_splat(left);
    c00 = multiplyAdd(factor, b0, c00);
    c01 = multiplyAdd(factor, b1, c01);
    factor = v128.load32_splat(left, 4);
    c10 = multiplyAdd(factor, b0, c10);
    c11 = multiplyAdd(factor, b1, c11);
    factor = v128.load32_splat(left, 8);
    c20 = multiplyAdd(factor, b0, c20);
    c21 = multiplyAdd(factor, b1, c21);
    factor = v128.load32_splat(left, 12);
    c30 = multiplyAdd(factor, b0, c30);
    c31 = multiplyAdd(factor, b1, c31);
    left += 16;
    right += 32;
  }
  row = out;
  v128.store(row, c00);
  v128.store(row, c01, 16);
  row += outStride;
  v128.store(row, c10);
  v128.store(row, c11, 16);
  row += outStride;
  v128.store(row, c20);
  v128.store(row, c21, 16);
  row += outStride;
  v128.store(row, c30);
  v128.store(row, c31, 16);
}

/** The tile alone, over `panels` panels of one operand in turn: what the bench holds against {@link registerPeak}. */
export function tilePanels(a: usize, b: usize, depth: i32, panels: i32, out: usize): void {
  for (let panel = 0; panel < panels; panel++) {
    tile(a, b, depth, out, 0, out + 128, 32);
    a += <usize>depth << 4;
    out += 128;
  }
}

/** The floating-point operations of a round of {@link registerPeak}. */
const ROUND: f64 = 112;

/**
 * Multiplies and adds in registers only, the most the engine can do; returns how many operations that was. Without
 * fused instructions half the sums are multiplied and half added to, so that none waits for the other operation.
 */
export function registerPeak(rounds: i32, out: usize): f64 {
  const one = f32x4.splat(1);
  let c0 = one;
  let c1 = one;
  let c2 = one;
  let c3 = one;
  let c4 = one;
  let c5 = one;
  let c6 = one;
  let c7 = one;
  let c8 = one;
  let c9 = one;
  let c10 = one;
  let c11 = one;
  let c12 = one;
  let c13 = one;
  if (ASC_FEATURE_RELAXED_SIMD) {
    for (let round = 0; round < rounds; round++) {
      c0 = multiplyAdd(c0, one, one);
      c1 = multiplyAdd(c1, one, one);
      c2 = multiplyAdd(c2, one, one);
      c3 = multiplyAdd(c3, one, one);
      c4 = multiplyAdd(c4, one, one);
      c5 = multiplyAdd(c5, one, one);
      c6 = multiplyAdd(c6, one, one);
      c7 = multiplyAdd(c7, one, one);
      c8 = multiplyAdd(c8, one, one);
      c9 = multiplyAdd(c9, one, one);
      c10 = multiplyAdd(c10, one, one);
      c11 = multiplyAdd(c11, one, one);
      c12 = multiplyAdd(c12, one, one);
      c13 = multiplyAdd(c13, one, one);
    }
  } else {
    for (let round = 0; round < 2 * rounds; round++) {
      c0 = f32x4.mul(c0, one);
      c1 = f32x4.add(c1, one);
      c2 = f32x4.mul(c2, one);
      c3 = f32x4.add(c3, one);
      c4 = f32x4.mul(c4, one);
      c5 = f32x4.add(c5, one);
      c6 = f32x4.mul(c6, one);
      c7 = f32x4.add(c7, one);
      c8 = f32x4.mul(c8, one);
      c9 = f32x4.add(c9, one);
      c10 = f32x4.mul(c10, one);
      c11 = f32x4.add(c11, one);
      c12 = f32x4.mul(c12, one);
      c13 = f32x4.add(c13, one);
    }
  }
  let sum = c0;
  sum = f32x4.add(sum, c1);
  sum = f32x4.add(sum, c2);
  sum = f32x4.add(sum, c3);
  sum = f32x4.add(sum, c4);
  sum = f32x4.add(sum, c5);
  sum = f32x4.add(sum, c6);
  sum = f32x4.add(sum, c7);
  sum = f32x4.add(sum, c8);
  sum = f32x4.add(sum, c9);
  sum = f32x4.add(sum, c10);
  sum = f32x4.add(sum, c11);
  sum = f32x4.add(sum, c12);
  sum = f32x4.add(sum, c13);
  v128.store(out, sum);
  return ROUND * <f64>rounds;
}
