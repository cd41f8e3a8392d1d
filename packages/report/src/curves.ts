import { argumentError, checkInteger, checkNumber } from '@retrace/errors';
import { mostCurves } from './curve-marker.ts';

/** One point of a curve. */
export interface CurvePoint {
  /** The position in `Curves.ticks`. */
  readonly tick: number;
  readonly value: number;
  /** How far the value strays; null or 0 where that is not known. */
  readonly spread: number | null;
}

export interface Curve {
  /** What sets it apart; empty for a single curve. */
  readonly name: string;
  /** By ascending tick. */
  readonly points: readonly CurvePoint[];
}

/** A quantity over a parameter; `trialCurves` of `@retrace/sweep` makes it of trials. */
export interface Curves {
  /** The name of the parameter. */
  readonly x: string;
  /** The name of the quantity. */
  readonly y: string;
  /** The values of the parameter, from left to right. */
  readonly ticks: readonly string[];
  readonly curves: readonly Curve[];
}

// Twice as much would be beyond float64.
const largest = 1e300;

/** Refuses what cannot be drawn; throws `RETRACE_INVALID_ARGUMENT`. */
export function checkCurves(argument: string, drawn: Curves): void {
  if (typeof drawn !== 'object' || drawn === null) throw argumentError(argument, 'an object', drawn);
  const { x, y, ticks, curves } = drawn;
  checkText(`${argument}.x`, x);
  checkText(`${argument}.y`, y);
  checkList(`${argument}.ticks`, ticks);
  for (const [index, tick] of ticks.entries()) checkText(`${argument}.ticks[${index}]`, tick);
  checkList(`${argument}.curves`, curves);
  if (curves.length > mostCurves)
    throw argumentError(
      `${argument}.curves`,
      `at most ${mostCurves} curves, which eyes can tell apart`,
      curves,
    );
  for (const [index, { name, points }] of curves.entries()) {
    const path = `${argument}.curves[${index}]`;
    checkText(`${path}.name`, name);
    checkList(`${path}.points`, points);
    for (const [k, { tick, value, spread }] of points.entries()) {
      const place = `${path}.points[${k}]`;
      const min = k === 0 ? 0 : points[k - 1]!.tick;
      checkInteger(`${place}.tick`, tick, { min, max: ticks.length - 1 });
      checkNumber(`${place}.value`, value, { min: -largest, max: largest });
      if (spread !== null) checkNumber(`${place}.spread`, spread, { min: 0, max: largest });
    }
  }
}

function checkText(argument: string, value: unknown): void {
  if (typeof value !== 'string') throw argumentError(argument, 'a string', value);
}

function checkList(argument: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0)
    throw argumentError(argument, 'an array of at least one', value);
}
