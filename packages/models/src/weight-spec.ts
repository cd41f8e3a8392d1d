import type { Random } from '@retrace/random';
import { glorotUniform, lstmBias, orthogonal } from './initializers.ts';

/** One weight of a model before it has values. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initializer: Initializer;
  /** Default true. */
  readonly trainable?: boolean;
}

type Initializer = 'glorotUniform' | 'orthogonal' | 'lstmBias' | 'zeros';

/** Draws the initial values of a weight, row-major. */
export function initialValues({ shape, initializer }: WeightSpec, random: Random): Float32Array {
  const [rows, columns = 1] = shape as [number, number?];
  switch (initializer) {
    case 'glorotUniform':
      return glorotUniform(rows, columns, random);
    case 'orthogonal':
      return orthogonal(rows, columns, random);
    case 'lstmBias':
      return lstmBias(rows / 4);
    case 'zeros':
      return new Float32Array(rows * columns);
  }
}
