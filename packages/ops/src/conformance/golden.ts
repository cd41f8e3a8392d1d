import type { LstmArrays, LstmOutputs, LstmProblem } from './lstm-problem.ts';

/** What `fixtures/keras_golden.py` records. */
export interface KerasGolden {
  readonly versions: Readonly<Record<string, string>>;
  readonly lstm: readonly (LstmProblem & {
    readonly name: string;
    readonly outputs: LstmOutputs;
    readonly gradients: LstmArrays;
  })[];
  readonly losses: readonly {
    readonly name: string;
    readonly prediction: readonly number[];
    readonly target: readonly number[];
    readonly value: number;
  }[];
  readonly adam: {
    readonly learningRate: number;
    readonly start: readonly number[];
    /** One gradient an update. */
    readonly gradients: readonly (readonly number[])[];
    /** The variable after each update. */
    readonly values: readonly (readonly number[])[];
    readonly first: readonly number[];
    readonly second: readonly number[];
  };
}
