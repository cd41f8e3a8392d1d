import { multiplyAdd, splat } from './vector';

// The numbers by which a job names an activation; src/activation-codes.ts has the same.
export const LINEAR: i32 = 0;
export const TANH: i32 = 1;
export const SIGMOID: i32 = 2;
export const RELU: i32 = 3;
export const HARD_SIGMOID: i32 = 4;

// pmin and pmax are one instruction each, and with NaN as their first operand they return it.

/**
 * eˣ with a relative error below 3e-7 for x from −87.3 to 88.3; outside, its value at the nearer end; NaN of NaN.
 *
 * x = n ln 2 + r with |r| ≤ ln 2 / 2; adding 1.5 · 2²³ rounds to n and leaves it in the low bits. The polynomial is a
 * minimax fit of degree 5 with constant term 1, by scripts/fit-polynomials.py.
 */
@inline
export function exponential(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, splat(-87.3)), splat(88.3));
  const shifted = multiplyAdd(clamped, splat(1.44269504), splat(12582912));
  const n = f32x4.sub(shifted, splat(12582912));
  const r = multiplyAdd(n, splat(2.12194440e-4), multiplyAdd(n, splat(-0.693359375), clamped));
  let p = multiplyAdd(splat(0.008290315046906471), r, splat(0.04189793020486832));
  p = multiplyAdd(p, r, splat(0.1666763573884964));
  p = multiplyAdd(p, r, splat(0.4999915063381195));
  p = multiplyAdd(p, r, splat(0.9999997019767761));
  p = multiplyAdd(p, r, splat(1));
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(0x3f800000));
  // A product, not a sum of exponents, so that NaN stays NaN.
  return f32x4.mul(p, power);
}

/** 1 / (1 + e⁻ˣ), relative error below 5e-7 where the result is a normal number. */
@inline
export function sigmoid(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exponential(f32x4.neg(x))));
}

/**
 * tanh x, relative error below 5e-7 at every x; NaN of NaN.
 *
 * x · P(x²) / Q(x²), a minimax fit of degrees 4 and 4 on |x| ≤ 9.02, beyond which tanh is 1 in float32, by
 * scripts/fit-polynomials.py. Every coefficient is positive, so nothing cancels.
 */
@inline
export function hyperbolicTangent(x: v128): v128 {
  const clamped = f32x4.pmin(f32x4.pmax(x, splat(-9.02)), splat(9.02));
  const s = f32x4.mul(clamped, clamped);
  let p = multiplyAdd(splat(1.3319083613794191e-8), s, splat(2.0583491277648136e-5));
  let q = multiplyAdd(splat(7.762024551993818e-7), s, splat(3.283093683421612e-4));
  p = multiplyAdd(p, s, splat(0.00349403521977365));
  q = multiplyAdd(q, s, splat(0.025871075689792633));
  p = multiplyAdd(p, s, splat(0.13379718363285065));
  q = multiplyAdd(q, s, splat(0.4671303331851959));
  p = multiplyAdd(p, s, splat(1));
  q = multiplyAdd(q, s, splat(1));
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
    const line = multiplyAdd(x, splat(1.0 / 6.0), splat(0.5));
    return f32x4.min(f32x4.max(line, splat(0)), splat(1));
  }
  return x;
}

/** The activation's derivative, as a function of the activated value. */
@inline
export function slope(kind: i32, y: v128): v128 {
  if (kind == TANH) return f32x4.sub(splat(1), f32x4.mul(y, y));
  if (kind == SIGMOID) return f32x4.sub(y, f32x4.mul(y, y));
  if (kind == RELU) return v128.and(f32x4.gt(y, splat(0)), splat(1));
  if (kind == HARD_SIGMOID) {
    const inside = v128.and(f32x4.gt(y, splat(0)), f32x4.lt(y, splat(1)));
    return v128.and(inside, splat(1.0 / 6.0));
  }
  return splat(1);
}

/** Applies an activation to `count` numbers, a multiple of four; for tests. */
export function activateAll(kind: i32, x: usize, count: i32, out: usize): void {
  for (let i = 0; i < count; i += 4, x += 16, out += 16) v128.store(out, activate(kind, v128.load(x)));
}
