import { RetraceError } from '@retrace/errors';
import type { TensorModel } from '@retrace/models/tensors';
import type { Windows } from '@retrace/windowing';
import type { FitOptions } from '../fit-options.ts';

/** The options that change what a step does, or which one comes next; others may change from one run to the next. */
const decisive = [
  'batchSize',
  'accumulate',
  'optimizer',
  'clipNorm',
  'clipVariableNorm',
  'clipValue',
  'loss',
  'lossWeights',
  'classWeight',
  'noise',
  'shuffle',
  'seed',
] as const satisfies readonly (keyof FitOptions)[];

/** The most numbers that are looked at to tell data apart: of all windows, or of windows from all over them. */
const SAMPLED = 2 ** 22;

/**
 * Says what a checkpoint is of, as text: the model's spec and losses, the windows (their number, features, spec, and the
 * numbers of all or, beyond four million, of some) and the options that change what a step does. Functions count as being there, no more.
 */
export function identityOf(
  model: TensorModel,
  train: Windows,
  validation: Windows | undefined,
  options: FitOptions,
): string {
  const { teacherForcing } = options;
  return JSON.stringify({
    model: model.spec,
    losses: model.losses.map(({ name, weight }) => ({ name, weight })),
    windows: digestOf(train),
    validation: validation && digestOf(validation),
    ...Object.fromEntries(decisive.map((name) => [name, plain(options[name])])),
    teacherForcing: typeof teacherForcing === 'function' ? 'a function' : teacherForcing,
  });
}

/**
 * Refuses a checkpoint of something else.
 *
 * @throws `RETRACE_CHECKPOINT_MISMATCH` naming what differs.
 */
export function checkIdentity(name: string, written: string, expected: string): void {
  if (written === expected) return;
  const [there, here] = [written, expected].map((text) => JSON.parse(text) as Record<string, unknown>);
  const differing = [...new Set([...Object.keys(there!), ...Object.keys(here!)])].filter(
    (key) => JSON.stringify(there![key]) !== JSON.stringify(here![key]),
  );
  throw new RetraceError(
    'RETRACE_CHECKPOINT_MISMATCH',
    `${name} is of a fit with other ${differing.map((key) => `\`${key}\``).join(', ')}. Go on with the same model, ` +
      'windows and options, or begin in another storage.',
    { name, differing },
  );
}

/** Arrays of numbers as lists, which JSON would make objects of. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) =>
      ArrayBuffer.isView(each) ? Array.from(each as Float64Array) : each,
    ) ?? 'null',
  );
}

function digestOf(windows: Windows): object {
  const { length, features, spec } = windows;
  const width = (spec.lookback + spec.horizon) * features.length;
  const sampled = Math.min(length, Math.max(1, Math.floor(SAMPLED / width)));
  let numbers = SEED;
  for (let first = 0; first < sampled; first += 256) {
    const indices = Uint32Array.from({ length: Math.min(256, sampled - first) }, (_, k) =>
      Math.floor(((first + k) * length) / sampled),
    );
    const { input, target } = windows.batch(indices);
    numbers = hashOf(target, hashOf(input, numbers));
  }
  // JSON has no Infinity, which `maxGap` may be.
  return {
    length,
    features,
    spec: { ...spec, maxGap: String(spec.maxGap) },
    numbers,
  };
}

const SEED = 0x811c9dc5;

/** FNV-1a over the bytes of numbers: it tells data apart, and guards against nothing. */
function hashOf(numbers: Float32Array | undefined, seed: number): number {
  if (!numbers) return seed;
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  let hash = seed;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
