import {
  checkFormat,
  checkKeys,
  checkRecord,
  checkState,
  isRetraceError,
  RetraceError,
} from '@retrace/errors';
import { readSealedSafetensors, writeSealedSafetensors } from '@retrace/safetensors';
import type { FitOutcome } from './trial.ts';
import type { TrialConfig } from './trial-config.ts';

/** What all fits of a sweep share. */
export interface SweepIdentity {
  /** The digest of the rows. */
  readonly data: string;
  /** 0 without folds. */
  readonly folds: number;
}

/** A fit as it is kept. */
export interface KeptFit {
  readonly sweep: SweepIdentity;
  /** Its configuration, with its own seed. */
  readonly config: TrialConfig;
  readonly outcome: FitOutcome;
}

/** The metadata key of what is not the detector, and the tensor that is it. */
const KEY = 'retrace.fit';
const DETECTOR = 'detector';

const keys = ['format', 'version', 'sweep', 'config', 'seed', 'fold', 'metrics', 'history'];

/** Writes a fit as one safetensors file with a checksum: the bytes of the detector's file, the rest as JSON. */
export function packFit({ sweep, config, outcome }: KeptFit): Uint8Array {
  const { file, ...fit } = outcome;
  const text = JSON.stringify({ format: 'retrace-fit', version: 1, sweep, config, ...fit });
  return writeSealedSafetensors({
    tensors: new Map([[DETECTOR, { dtype: 'U8', shape: [file.length], data: file }]]),
    metadata: { [KEY]: text },
  });
}

/**
 * Reads what {@link packFit} wrote.
 *
 * @throws `RETRACE_SWEEP_DAMAGED` for bytes that are not whole, or were written by something else;
 * `RETRACE_UNSUPPORTED_VERSION` for those of a later release.
 */
export function unpackFit(bytes: Uint8Array): KeptFit {
  try {
    const { tensors, metadata } = readSealedSafetensors(bytes);
    const file = tensors.get(DETECTOR)?.data;
    const { sweep, config, ...fit } = parse(metadata[KEY]);
    if (!(file instanceof Uint8Array)) throw damaged('it holds no detector');
    // The checksum vouches for the rest.
    return { sweep, config, outcome: { ...fit, file } } as KeptFit;
  } catch (cause) {
    const known =
      isRetraceError(cause, 'RETRACE_UNSUPPORTED_VERSION') || isRetraceError(cause, 'RETRACE_SWEEP_DAMAGED');
    if (known || !isRetraceError(cause)) throw cause;
    throw damaged(cause.message, cause);
  }
}

function parse(text: string | undefined): Record<string, unknown> {
  return checkState('RETRACE_SWEEP_DAMAGED', () => {
    let parsed: unknown;
    try {
      parsed = JSON.parse(text ?? '');
    } catch {
      throw damaged('it holds no fit');
    }
    const fields = checkRecord('fit', parsed);
    checkFormat('fit', fields, 'retrace-fit');
    checkKeys('fit', fields, keys);
    const { format: _, version: __, ...rest } = fields;
    return rest;
  });
}

function damaged(problem: string, cause?: unknown): RetraceError {
  return new RetraceError('RETRACE_SWEEP_DAMAGED', `The fit is damaged: ${problem}`, { problem }, { cause });
}
