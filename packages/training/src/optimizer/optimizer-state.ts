import { RetraceError } from '@retrace/errors';
import type { NamedVariable } from '@retrace/models/tensors';
import { tensor, tidy, type Variable, variable, zeros } from '@tensorflow/tfjs-core';
import type { Slots } from './optimizer-rule.ts';

/** The slots of each variable, by its name: what an optimizer knows of the steps before. */
export type OptimizerState = ReadonlyMap<string, Slots<Variable>>;

/** The same as plain arrays, each as long as its variable: by the variable's name, then the slot's. */
export type OptimizerSnapshot = ReadonlyMap<string, Readonly<Record<string, Float32Array>>>;

/**
 * Makes the slots of variables: zeros, or those of a snapshot.
 *
 * @throws `RETRACE_OPTIMIZER_STATE` if the snapshot lacks a slot of a variable or has another size for it.
 */
export function createOptimizerState(
  variables: readonly NamedVariable[],
  slots: readonly string[],
  snapshot?: OptimizerSnapshot,
): OptimizerState {
  if (snapshot) for (const each of variables) for (const slot of slots) checkSlot(each, slot, snapshot);
  return new Map(
    variables.map(({ name, variable: { shape } }) => {
      const made = slots.map((slot) =>
        tidy(() => {
          // The copy: on several backends a tensor goes on using the array it was made from.
          const values = snapshot ? tensor(snapshot.get(name)![slot]!.slice(), shape) : zeros(shape);
          return [slot, variable(values, false)] as const;
        }),
      );
      return [name, Object.fromEntries(made)];
    }),
  );
}

/** Reads the slots back from the device. */
export async function readOptimizerState(state: OptimizerState): Promise<OptimizerSnapshot> {
  const read = [...state].map(async ([name, slots]) => {
    const arrays = Object.entries(slots).map(
      // The copy: a cpu tensor hands out the very array it holds.
      async ([slot, values]) => [slot, Float32Array.from(await values.data())] as const,
    );
    return [name, Object.fromEntries(await Promise.all(arrays))] as const;
  });
  return new Map(await Promise.all(read));
}

/** Frees the slots. */
export function disposeOptimizerState(state: OptimizerState): void {
  for (const slots of state.values()) for (const slot of Object.values(slots)) slot.dispose();
}

function checkSlot(
  { name, variable: { size } }: NamedVariable,
  slot: string,
  snapshot: OptimizerSnapshot,
): void {
  const slots = snapshot.get(name);
  const length = slots && Object.hasOwn(slots, slot) ? slots[slot]!.length : undefined;
  if (length === size) return;
  throw new RetraceError(
    'RETRACE_OPTIMIZER_STATE',
    `The optimizer's state must have ${size} numbers for \`${slot}\` of \`${name}\`. ` +
      `Received: ${length ?? 'none'}. Use it with the model and the optimizer that it is of.`,
    { variable: name, slot, expected: size, received: length ?? null },
  );
}
