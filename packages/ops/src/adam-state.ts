import { RetraceError } from '@retrace/errors';
import { type Tensor, tensor, tidy, type Variable, variable, zeros } from '@tensorflow/tfjs-core';

/** The two moments Adam keeps of one variable. */
export interface AdamMoments {
  /** The decaying mean of the gradient. */
  readonly first: Variable;
  /** The decaying mean of the squared gradient. */
  readonly second: Variable;
}

/** Adam's moments by variable name; made by {@link createAdamState}, freed by {@link disposeAdamState}. */
export type AdamState = ReadonlyMap<string, AdamMoments>;

/** The moments as plain arrays, each as long as its variable, for a checkpoint. */
export type AdamSnapshot = Readonly<
  Record<string, { readonly first: Float32Array; readonly second: Float32Array }>
>;

/**
 * Makes the moments of `variables`: zeros, or those of a snapshot.
 *
 * @throws `RETRACE_INVALID_ADAM_STATE` if two variables have one name, or the snapshot lacks a variable or has
 * another size for it.
 */
export function createAdamState(variables: readonly Variable[], snapshot?: AdamSnapshot): AdamState {
  const names = new Set(variables.map(({ name }) => name));
  if (names.size < variables.length) throw stateError('two of the variables have the same name', {});
  if (snapshot) for (const { name, size } of variables) checkSnapshot(snapshot, name, size);
  return new Map(
    variables.map(({ name, shape }) => {
      const moment = (which: 'first' | 'second'): Variable =>
        tidy(() => {
          // The copy: on several backends a tensor goes on using the array it was made from.
          const values: Tensor = snapshot ? tensor(snapshot[name]![which].slice(), shape) : zeros(shape);
          return variable(values, false);
        });
      return [name, { first: moment('first'), second: moment('second') }];
    }),
  );
}

/** Reads the moments back from the device. */
export async function readAdamState(state: AdamState): Promise<AdamSnapshot> {
  const entries = await Promise.all(
    [...state].map(async ([name, { first, second }]) => {
      const [firstValues, secondValues] = await Promise.all([first.data(), second.data()]);
      // The copy: a cpu tensor hands out the very array it holds.
      return [
        name,
        { first: Float32Array.from(firstValues), second: Float32Array.from(secondValues) },
      ] as const;
    }),
  );
  return Object.fromEntries(entries);
}

/** Frees the moments. */
export function disposeAdamState(state: AdamState): void {
  for (const { first, second } of state.values()) {
    first.dispose();
    second.dispose();
  }
}

function checkSnapshot(snapshot: AdamSnapshot, name: string, size: number): void {
  const moments = Object.hasOwn(snapshot, name) ? snapshot[name] : undefined;
  if (!moments) throw stateError(`the snapshot has no moments of \`${name}\``, { variable: name });
  for (const which of ['first', 'second'] as const)
    if (moments[which]?.length !== size)
      throw stateError(
        `the ${which} moment of \`${name}\` has ${moments[which]?.length} values, and the variable ${size}`,
        { variable: name, expected: size, received: moments[which]?.length },
      );
}

function stateError(problem: string, details: Record<string, unknown>): RetraceError {
  return new RetraceError(
    'RETRACE_INVALID_ADAM_STATE',
    `Adam's state does not fit the variables: ${problem}. Use the snapshot with the model it was taken from.`,
    details,
  );
}
