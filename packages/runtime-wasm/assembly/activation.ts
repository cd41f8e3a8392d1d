import {
  constant,
  EXP_HIGHEST,
  EXP_LOWEST,
  EXP_POLYNOMIAL,
  HALF,
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
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

/**
 * eˣ with a relative error below 3e-7 for x from −87.3 to 88.3; outside, its value at the nearer end; NaN of NaN.
 *
 * x = n ln 2 + r with |r| ≤ ln 2 / 2; adding 1.5 · 2²³ rounds to n and leaves it in the low bits. The polynomial is a
 * minimax fit of degree 5 with constant term 1 (scripts/fit-polynomials.py).
 */
@inline
function exponential(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, constant(EXP_LOWEST)), constant(EXP_HIGHEST));
  const shifted = multiplyAdd(clamped, constant(LOG2_E), constant(ROUNDING));
  const n = f32x4.sub(shifted, constant(ROUNDING));
  const r = multiplyAdd(n, constant(LN2_LOW), multiplyAdd(n, constant(LN2_HIGH), clamped));
  let p = multiplyAdd(constant(EXP_POLYNOMIAL + 4), r, constant(EXP_POLYNOMIAL + 3));
  p = multiplyAdd(p, r, constant(EXP_POLYNOMIAL + 2));
  p = multiplyAdd(p, r, constant(EXP_POLYNOMIAL + 1));
  p = multiplyAdd(p, r, constant(EXP_POLYNOMIAL));
  p = multiplyAdd(p, r, constant(ONE));
  const power = i32x4.add(i32x4.shl(shifted, 23), constant(ONE));
  // A product, not a sum of exponents, so that NaN stays NaN.
  return f32x4.mul(p, power);
}

/** 1 / (1 + e⁻ˣ), relative error below 5e-7 where the result is a normal number. */
@inline
function sigmoid(x: v128): v128 {
  const one = constant(ONE);
  return f32x4.div(one, f32x4.add(one, exponential(f32x4.neg(x))));
}

/**
 * tanh x, relative error below 5e-7 at every x; NaN of NaN.
 *
 * x · P(x²) / Q(x²), a minimax fit of degrees 4 and 4 on |x| ≤ 9.02, beyond which tanh is 1 in float32, by
 * scripts/fit-polynomials.py. Every coefficient is positive, so nothing cancels.
 */
@inline
function hyperbolicTangent(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, constant(TANH_LOWEST)), constant(TANH_HIGHEST));
  const s = f32x4.mul(clamped, clamped);
  let p = multiplyAdd(constant(TANH_ABOVE + 3), s, constant(TANH_ABOVE + 2));
  let q = multiplyAdd(constant(TANH_BELOW + 3), s, constant(TANH_BELOW + 2));
  p = multiplyAdd(p, s, constant(TANH_ABOVE + 1));
  q = multiplyAdd(q, s, constant(TANH_BELOW + 1));
  p = multiplyAdd(p, s, constant(TANH_ABOVE));
  q = multiplyAdd(q, s, constant(TANH_BELOW));
  p = multiplyAdd(p, s, constant(ONE));
  q = multiplyAdd(q, s, constant(ONE));
  return f32x4.div(f32x4.mul(clamped, p), q);
}

/** The activation of that number. */
@inline
export function activate(kind: i32, x: v128): v128 {
  if (kind == TANH) return hyperbolicTangent(x);
  if (kind == SIGMOID) return sigmoid(x);
  // max and min, unlike pmax and pmin, return NaN whichever operand it is.
  if (kind == RELU) return f32x4.max(x, splat(0));
  if (kind == HARD_SIGMOID) {
    const line = multiplyAdd(x, constant(SIXTH), constant(HALF));
    return f32x4.min(f32x4.max(line, splat(0)), constant(ONE));
  }
  return x;
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

/** Applies an activation to `count` numbers, a multiple of four; for tests. */
export function activateAll(kind: i32, x: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i += 4, x += 16, out += 16) v128.store(out, activate(kind, v128.load(x)));
}
