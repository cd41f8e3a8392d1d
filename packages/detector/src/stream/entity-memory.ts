import { argumentError, checkNumberColumn } from '@retrace/errors';
import type { AnomalyStreamState, ScoreStreamState, ThresholdState } from '@retrace/scoring';

/** What the scoring of an entity goes on from. */
export interface EntityMemory {
  /** Where its windows stand: rows of the run that goes on, and in all. */
  readonly run: number;
  readonly total: number;
  /** Of its aggregators, each after its length, then of the rows that wait. */
  readonly numbers: ArrayLike<number>;
  readonly scores: ScoreStreamState;
  /** Absent where all entities have the same level. */
  readonly alarm?: ThresholdState | undefined;
  readonly anomalies: AnomalyStreamState;
}

/** Takes numbers out of a memory in the order in which they were put in. */
export interface NumberReader {
  /** @throws `RETRACE_INVALID_ARGUMENT` where there are no `count` numbers left. */
  take(count: number): Float32Array | Float64Array;
  /** Takes as many numbers as the next number says. */
  takeList(): Float32Array | Float64Array;
  /** Refuses numbers that are left. */
  end(): void;
}

/** @throws `RETRACE_INVALID_ARGUMENT` for an infinite number: a missing one is `NaN`. */
export function numberReader(numbers: ArrayLike<number>): NumberReader {
  let at = 0;
  const column = checkNumberColumn('numbers', numbers);
  const wrong = column.findIndex((value) => Math.abs(value) === Infinity);
  if (wrong >= 0) throw argumentError(`numbers[${wrong}]`, 'a finite number or NaN', column[wrong]);
  const take = (count: number) => {
    const taken = column.subarray(at, at + count);
    at += count;
    return checkNumberColumn('numbers', taken, count);
  };
  return {
    take,
    takeList: () => take(take(1)[0]!),
    end() {
      if (at !== numbers.length) throw argumentError('numbers', `of length ${at}`, numbers);
    },
  };
}
