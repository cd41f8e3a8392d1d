import { POOL_END } from './pool';
import { splat } from './vector';

/*
 * Constants in all four lanes, kept in memory: V8 on x64 makes a vector constant anew at each use by three instructions,
 * one of them slow, where a load is one. It halves the time of the activations.
 */

/** Where memory is free for others. */
export const CONSTANTS_END: usize = POOL_END + 32 * 16;

@inline
export function constant(index: i32): v128 {
  return v128.load(POOL_END + (<usize>index << 4));
}

function set(index: i32, value: f32): void {
  v128.store(POOL_END + (<usize>index << 4), splat(value));
}

export const ONE: i32 = 0;
export const SIXTH: i32 = 1;
export const HALF: i32 = 2;
export const EXP_LOWEST: i32 = 3;
export const EXP_HIGHEST: i32 = 4;
export const MINUS_LOG2_E: i32 = 5;
export const ROUNDING: i32 = 6;
export const LN2_HIGH: i32 = 7;
export const LN2_LOW: i32 = 8;
/** The coefficients of the powers 1 to 5 of e⁻ˢ. */
export const EXP_POLYNOMIAL: i32 = 9;
export const TANH_LOWEST: i32 = 14;
export const TANH_HIGHEST: i32 = 15;
/** The coefficients of the powers 1 to 4 of the square; those of power 0 are 1. */
export const TANH_ABOVE: i32 = 16;
export const TANH_BELOW: i32 = 20;
/** What a vanishing gradient may sink to. */
export const TINY: i32 = 24;

/** Writes the constants; before anything else runs. */
export function writeConstants(): void {
  set(ONE, 1);
  set(SIXTH, 1.0 / 6.0);
  set(HALF, 0.5);
  set(EXP_LOWEST, -88.3);
  set(EXP_HIGHEST, 87.3);
  set(MINUS_LOG2_E, -1.44269504);
  set(ROUNDING, 12582912);
  set(LN2_HIGH, 0.693359375);
  set(LN2_LOW, -2.1219444e-4);
  set(EXP_POLYNOMIAL, -0.9999997019767761);
  set(EXP_POLYNOMIAL + 1, 0.4999915063381195);
  set(EXP_POLYNOMIAL + 2, -0.1666763573884964);
  set(EXP_POLYNOMIAL + 3, 0.04189793020486832);
  set(EXP_POLYNOMIAL + 4, -0.008290315046906471);
  set(TANH_LOWEST, -9.02);
  set(TANH_HIGHEST, 9.02);
  set(TANH_ABOVE, 0.13379718363285065);
  set(TANH_ABOVE + 1, 0.0034940349869430065);
  set(TANH_ABOVE + 2, 2.0583489458658732e-5);
  set(TANH_ABOVE + 3, 1.3319081837437352e-8);
  set(TANH_BELOW, 0.4671303331851959);
  set(TANH_BELOW + 1, 0.025871075689792633);
  set(TANH_BELOW + 2, 3.283093683421612e-4);
  set(TANH_BELOW + 3, 7.762023983559629e-7);
  set(TINY, 1e-30);
}
