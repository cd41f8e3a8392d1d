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

/**
 * Multiplies and adds in registers only, 96 floating-point operations a round: the most the engine can do. Without
 * fused instructions half the sums are multiplied and half added to, so that none waits for the other operation.
 */
export function registerPeak(rounds: i32, out: usize): void {
  const factor = f32x4.splat(1);
  const term = f32x4.splat(0.001);
  let c0 = factor;
  let c1 = factor;
  let c2 = factor;
  let c3 = factor;
  let c4 = factor;
  let c5 = factor;
  let c6 = factor;
  let c7 = factor;
  let c8 = factor;
  let c9 = factor;
  let c10 = factor;
  let c11 = factor;
  if (ASC_FEATURE_RELAXED_SIMD) {
    for (let round = 0; round < rounds; round++) {
      c0 = multiplyAdd(c0, factor, term);
      c1 = multiplyAdd(c1, factor, term);
      c2 = multiplyAdd(c2, factor, term);
      c3 = multiplyAdd(c3, factor, term);
      c4 = multiplyAdd(c4, factor, term);
      c5 = multiplyAdd(c5, factor, term);
      c6 = multiplyAdd(c6, factor, term);
      c7 = multiplyAdd(c7, factor, term);
      c8 = multiplyAdd(c8, factor, term);
      c9 = multiplyAdd(c9, factor, term);
      c10 = multiplyAdd(c10, factor, term);
      c11 = multiplyAdd(c11, factor, term);
    }
  } else {
    for (let round = 0; round < 2 * rounds; round++) {
      c0 = f32x4.mul(c0, factor);
      c1 = f32x4.add(c1, term);
      c2 = f32x4.mul(c2, factor);
      c3 = f32x4.add(c3, term);
      c4 = f32x4.mul(c4, factor);
      c5 = f32x4.add(c5, term);
      c6 = f32x4.mul(c6, factor);
      c7 = f32x4.add(c7, term);
      c8 = f32x4.mul(c8, factor);
      c9 = f32x4.add(c9, term);
      c10 = f32x4.mul(c10, factor);
      c11 = f32x4.add(c11, term);
    }
  }
  const first = f32x4.add(f32x4.add(f32x4.add(c0, c1), f32x4.add(c2, c3)), f32x4.add(c4, c5));
  const second = f32x4.add(f32x4.add(f32x4.add(c6, c7), f32x4.add(c8, c9)), f32x4.add(c10, c11));
  v128.store(out, f32x4.add(first, second));
}
