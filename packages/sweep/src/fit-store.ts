import { isRetraceError, RetraceError } from '@retrace/errors';
import type { Storage } from '@retrace/storage';
import { packFit, type SweepIdentity, unpackFit } from './fit-file.ts';
import { canonicalText } from './plain-json.ts';
import type { FitOutcome } from './trial.ts';
import type { TrialConfig } from './trial-config.ts';

/** The finished fits of a sweep, which no other sweep may write meanwhile. */
export interface FitStore {
  /** Returns the fit of a configuration, with its seed, on a fold; undefined if it has not finished. */
  find(config: TrialConfig, fold: number | undefined): FitOutcome | undefined;
  /** Keeps a fit, wholly or not at all. */
  keep(config: TrialConfig, outcome: FitOutcome): Promise<void>;
  /** Lets others write. */
  close(): Promise<void>;
}

export interface FitStoreOptions {
  readonly storage: Storage;
  readonly resume: boolean;
  readonly onWarning: ((message: string) => void) | undefined;
}

const NAME = /^fit-(\d{6})\.safetensors$/;

/**
 * Opens the fits of a storage.
 *
 * @throws `RETRACE_SWEEP_EXISTS` if there are some and none is to be resumed; `RETRACE_SWEEP_MISMATCH` if they are of other
 * rows or folds; `RETRACE_STORAGE_LOCKED` if another sweep writes there; what the storage throws.
 */
export async function openFits(
  sweep: SweepIdentity,
  { storage, resume, onWarning }: FitStoreOptions,
): Promise<FitStore> {
  const lock = await storage.lock();
  const kept = new Map<string, FitOutcome>();
  const damaged: string[] = [];
  let last = 0;
  try {
    const names = (await storage.list()).filter((name) => NAME.test(name));
    if (names.length > 0 && !resume) throw existsError(storage.name, names.length);
    for (const name of names) {
      last = Math.max(last, Number(NAME.exec(name)![1]));
      try {
        const fit = unpackFit((await storage.read(name))!);
        checkSweep(name, fit.sweep, sweep);
        kept.set(keyOf(fit.config, fit.outcome.fold), fit.outcome);
      } catch (error) {
        if (!isRetraceError(error, 'RETRACE_SWEEP_DAMAGED')) throw error;
        damaged.push(name);
        onWarning?.(`${name}: ${error.message} It is trained again.`);
      }
    }
  } catch (error) {
    await lock.release();
    throw error;
  }
  return {
    find: (config, fold) => kept.get(keyOf(config, fold)),
    async keep(config, outcome) {
      const name = damaged.pop() ?? `fit-${String(++last).padStart(6, '0')}.safetensors`;
      await storage.write(name, packFit({ sweep, config, outcome }));
    },
    close: () => lock.release(),
  };
}

function keyOf(config: TrialConfig, fold: number | undefined): string {
  return canonicalText([config, fold ?? 0]);
}

function checkSweep(name: string, written: SweepIdentity, expected: SweepIdentity): void {
  const differing = (['data', 'folds'] as const).filter((part) => written[part] !== expected[part]);
  if (differing.length === 0) return;
  throw new RetraceError(
    'RETRACE_SWEEP_MISMATCH',
    `${name} is of a sweep with other ${differing.map((part) => `\`${part}\``).join(' and ')}. Go on with the same rows and ` +
      'folds, or begin in another storage.',
    { name, differing },
  );
}

function existsError(storage: string, fits: number): RetraceError {
  return new RetraceError(
    'RETRACE_SWEEP_EXISTS',
    `${storage} has ${fits} fits of a sweep already. Go on from them with \`resume\`, or give a storage of its own.`,
    { storage, fits },
  );
}
