import { isRetraceError } from '@retrace/errors';
import fc from 'fast-check';
import { mutateFile } from './mutate-file.ts';

/** Something that is loaded from a file and saved again. */
export interface Loader<T> {
  load(bytes: Uint8Array): Promise<T>;
  save(loaded: T): Promise<Uint8Array>;
  dispose(loaded: T): void;
}

const numbers = fc.noBias(fc.array(fc.nat(), { minLength: 8, maxLength: 24 }));

/**
 * Loads mutations of files: each is refused by an error with a code, or loads to what is saved twice alike, within a
 * second of the processor's time, and no key of it reaches the prototype of objects.
 *
 * @returns How often each code came, 'loaded' among them.
 */
export async function fuzzLoader<T>(
  files: readonly Uint8Array[],
  loader: Loader<T>,
  runs: number,
): Promise<ReadonlyMap<string, number>> {
  const codes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(numbers, async (decisions) => {
      const bytes = mutateFile(files, decisions);
      const started = process.cpuUsage();
      const outcome = await outcomeOf(bytes, loader);
      codes.set(outcome, (codes.get(outcome) ?? 0) + 1);
      const { user, system } = process.cpuUsage(started);
      if (user + system > 1e6) throw new Error(`It took ${(user + system) / 1e6} s.`);
      if ('polluted' in {}) throw new Error('It reached the prototype of objects.');
    }),
    { numRuns: runs },
  );
  return codes;
}

async function outcomeOf<T>(bytes: Uint8Array, { load, save, dispose }: Loader<T>): Promise<string> {
  let loaded: T;
  try {
    loaded = await load(bytes);
  } catch (error) {
    if (isRetraceError(error)) return error.code;
    throw error;
  }
  const saved = await save(loaded);
  dispose(loaded);
  const again = await load(saved);
  const twice = await save(again);
  dispose(again);
  if (Buffer.compare(twice, saved) !== 0) throw new Error('Saved twice it is not the same.');
  return 'loaded';
}
