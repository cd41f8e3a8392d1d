import {
  constant,
  EXP_HIGHEST,
  EXP_LOWEST,
  EXP_POLYNOMIAL,
  HALF,
  LN2_HIGH,
  LN2_LOW,
  MINUS_LOG2_E,
  ONE,
  ROUNDING,
  SIXTH,
  TANH_ABOVE,
  TANH_BELOW,
  TANH_HIGHEST,
  TANH_LOWEST,
} from './constants';
import { multiplyAdd, splat } from './vector';

// The numbers by which a job names an activation; src/activation-codes.ts has the same.
// 0 is linear.
export const TANH: i32 = 1;
export const SIGMOID: i32 = 2;
const RELU: i32 = 3;
const HARD_SIGMOID: i32 = 4;

// pmin and pmax are one instruction each, and with NaN as their first operand they return it.
// Eight numbers, two vectors, share the loads of the constants, which otherwise take half as long as the arithmetic;
// and the polynomials go by squares (Estrin's scheme), since a chain of multiplications is what one waits for.

/**
 * 1 / (1 + e⁻ˣ) of eight numbers, relative error below 5e-7 where the result is a normal number; NaN of NaN.
 *
 * e⁻ˣ has a relative error below 3e-7 for x from −88.3 to 87.3, and outside its value at the nearer end:
 * −x = n ln 2 − s with |s| ≤ ln 2 / 2; adding 1.5 · 2²³ rounds to n and leaves it in the low bits. The polynomial is a
 * minimax fit of e⁻ˢ of degree 5 with constant term 1 (scripts/fit-polynomials.py).
 */
@inline
function sigmoid(from: usize, to: usize): void {
  let k = constant(EXP_LOWEST);
  let x0 = f32x4.pmax(v128.load(from), k);
  let x1 = f32x4.pmax(v128.load(from, 16), k);
  k = constant(EXP_HIGHEST);
  x0 = f32x4.pmin(x0, k);
  x1 = f32x4.pmin(x1, k);
  k = constant(ROUNDING);
  let other = constant(MINUS_LOG2_E);
  const shifted0 = multiplyAdd(x0, other, k);
  const shifted1 = multiplyAdd(x1, other, k);
  const n0 = f32x4.sub(shifted0, k);
  const n1 = f32x4.sub(shifted1, k);
  k = constant(LN2_HIGH);
  other = constant(LN2_LOW);
  const s0 = multiplyAdd(n0, other, multiplyAdd(n0, k, x0));
  const s1 = multiplyAdd(n1, other, multiplyAdd(n1, k, x1));
  const ss0 = f32x4.mul(s0, s0);
  const ss1 = f32x4.mul(s1, s1);
  k = constant(EXP_POLYNOMIAL + 4);
  other = constant(EXP_POLYNOMIAL + 3);
  let p0 = multiplyAdd(k, s0, other);
  let p1 = multiplyAdd(k, s1, other);
  k = constant(EXP_POLYNOMIAL + 2);
  other = constant(EXP_POLYNOMIAL + 1);
  p0 = multiplyAdd(p0, ss0, multiplyAdd(k, s0, other));
  p1 = multiplyAdd(p1, ss1, multiplyAdd(k, s1, other));
  k = constant(EXP_POLYNOMIAL);
  other = constant(ONE);
  p0 = multiplyAdd(p0, ss0, multiplyAdd(k, s0, other));
  p1 = multiplyAdd(p1, ss1, multiplyAdd(k, s1, other));
  k = other;
  // A product, not a sum of exponents, so that NaN stays NaN.
  p0 = f32x4.mul(p0, i32x4.add(i32x4.shl(shifted0, 23), k));
  p1 = f32x4.mul(p1, i32x4.add(i32x4.shl(shifted1, 23), k));
  v128.store(to, f32x4.div(k, f32x4.add(k, p0)));
  v128.store(to, f32x4.div(k, f32x4.add(k, p1)), 16);
}

/**
 * tanh x of eight numbers, relative error below 5e-7 at every x; NaN of NaN.
 *
 * x · P(x²) / Q(x²), a minimax fit of degrees 4 and 4 on |x| ≤ 9.02, beyond which tanh is 1 in float32, by
 * scripts/fit-polynomials.py. Every coefficient is positive, so nothing cancels.
 */
@inline
function hyperbolicTangent(from: usize, to: usize): void {
  let k = constant(TANH_LOWEST);
  let x0 = f32x4.pmax(v128.load(from), k);
  let x1 = f32x4.pmax(v128.load(from, 16), k);
  k = constant(TANH_HIGHEST);
  x0 = f32x4.pmin(x0, k);
  x1 = f32x4.pmin(x1, k);
  const s0 = f32x4.mul(x0, x0);
  const s1 = f32x4.mul(x1, x1);
  const ss0 = f32x4.mul(s0, s0);
  const ss1 = f32x4.mul(s1, s1);
  k = constant(TANH_ABOVE + 2);
  let other = constant(TANH_ABOVE + 1);
  let p0 = multiplyAdd(k, s0, other);
  let p1 = multiplyAdd(k, s1, other);
  k = constant(TANH_BELOW + 2);
  other = constant(TANH_BELOW + 1);
  let q0 = multiplyAdd(k, s0, other);
  let q1 = multiplyAdd(k, s1, other);
  k = constant(TANH_ABOVE + 3);
  p0 = multiplyAdd(k, ss0, p0);
  p1 = multiplyAdd(k, ss1, p1);
  k = constant(TANH_BELOW + 3);
  q0 = multiplyAdd(k, ss0, q0);
  q1 = multiplyAdd(k, ss1, q1);
  k = constant(TANH_ABOVE);
  other = constant(ONE);
  p0 = multiplyAdd(p0, ss0, multiplyAdd(k, s0, other));
  p1 = multiplyAdd(p1, ss1, multiplyAdd(k, s1, other));
  k = constant(TANH_BELOW);
  q0 = multiplyAdd(q0, ss0, multiplyAdd(k, s0, other));
  q1 = multiplyAdd(q1, ss1, multiplyAdd(k, s1, other));
  v128.store(to, f32x4.div(f32x4.mul(x0, p0), q0));
  v128.store(to, f32x4.div(f32x4.mul(x1, p1), q1), 16);
}

/** The activations that need no more than a few instructions. */
@inline
function cheap(kind: i32, x: v128): v128 {
  // max and min, unlike pmax and pmin, return NaN whichever operand it is.
  if (kind == RELU) return f32x4.max(x, splat(0));
  if (kind == HARD_SIGMOID) {
    const line = multiplyAdd(x, constant(SIXTH), constant(HALF));
    return f32x4.min(f32x4.max(line, splat(0)), constant(ONE));
  }
  return x;
}

/** Applies the activation of that number to eight numbers; `to` may be `from`. */
@inline
export function activate(kind: i32, from: usize, to: usize): void {
  if (kind == TANH) hyperbolicTangent(from, to);
  else if (kind == SIGMOID) sigmoid(from, to);
  else {
    v128.store(to, cheap(kind, v128.load(from)));
    v128.store(to, cheap(kind, v128.load(from, 16)), 16);
  }
}

/** The activation's derivative, as a function of the activated value. */
@inline
export function slope(kind: i32, y: v128): v128 {
  if (kind == TANH) return f32x4.sub(constant(ONE), f32x4.mul(y, y));
  if (kind == SIGMOID) return f32x4.sub(y, f32x4.mul(y, y));
  if (kind == RELU) return v128.and(f32x4.gt(y, splat(0)), constant(ONE));
  if (kind == HARD_SIGMOID) {
    const inside = v128.and(f32x4.gt(y, splat(0)), f32x4.lt(y, splat(1)));
    return v128.and(inside, constant(SIXTH));
  }
  return constant(ONE);
}

/** Applies an activation to `count` numbers, a multiple of eight; for tests. */
export function activateAll(kind: i32, x: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i += 8, x += 32, out += 32) activate(kind, x, out);
}
