import { argumentError, refuseLaterVersion } from '@retrace/errors';
import * as z from 'zod/mini';
import { detectorFileError, parseDetectorJson } from './detector-file-error.ts';
import type { SeriesDigest } from './series-digest.ts';
import { version } from './version.ts';

/** The metadata key of a detector file that tells how the detector came to be. */
export const provenanceKey = 'retrace.provenance';

/** How the model of a detector was trained. */
export interface TrainingProvenance {
  /** The training rows: what `seriesDigest` made of them. */
  readonly data?: SeriesDigest | undefined;
  readonly seed?: number | undefined;
  readonly epochs?: number | undefined;
  readonly loss?: number | undefined;
  readonly validationLoss?: number | undefined;
}

/** What only the caller knows of how a detector came to be. */
export interface ToldProvenance {
  /** When, as `new Date().toISOString()`. Absent by default, so that equal detectors have equal files. */
  readonly created?: string | undefined;
  readonly training?: TrainingProvenance | undefined;
  /** Figures of its quality, by name. */
  readonly metrics?: Readonly<Record<string, number>> | undefined;
}

/** How a detector came to be: plain JSON, kept in its file, needed for nothing. */
export interface Provenance extends ToldProvenance {
  readonly versions: {
    /** The release of retrace that fitted the detector. */
    readonly retrace: string;
  };
  /** The rows that scorer and threshold were fitted on. */
  readonly calibration: SeriesDigest;
}

const count = z.int().check(z.gte(0));
const digest = z.strictObject({
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  series: count,
  rows: count,
  from: z.nullable(z.number()),
  to: z.nullable(z.number()),
});
const told = z.strictObject({
  created: z.optional(z.iso.datetime()),
  training: z.optional(
    z.strictObject({
      data: z.optional(digest),
      seed: z.optional(count),
      epochs: z.optional(count),
      loss: z.optional(z.number()),
      validationLoss: z.optional(z.number()),
    }),
  ),
  metrics: z.optional(z.record(z.string(), z.number())),
});
const manifest = z.strictObject({
  format: z.literal('retrace-provenance'),
  version: z.literal(1),
  versions: z.strictObject({ retrace: z.string() }),
  calibration: digest,
  ...told.shape,
});

/** What is known of a detector that has just been fitted. */
export function fittedProvenance(calibration: SeriesDigest): Provenance {
  return { versions: { retrace: version }, calibration };
}

/**
 * Adds to a provenance what its caller tells, in the place of what was told before.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` naming the field that is not what it must be.
 */
export function addProvenance(provenance: Provenance, addition: ToldProvenance): Provenance {
  const result = told.safeParse(addition);
  if (result.success) return { ...provenance, ...result.data };
  const { path, message } = result.error.issues[0]!;
  throw argumentError(
    ['provenance', ...path].map(String).join('.'),
    'as in `ToldProvenance`',
    addition,
    message,
  );
}

/** Writes a provenance as JSON text; the same always gives the same text. */
export function provenanceText(provenance: Provenance): string {
  return JSON.stringify(manifest.parse({ format: 'retrace-provenance', version: 1, ...provenance }));
}

/**
 * Reads a provenance from the text in a file.
 *
 * @throws `RETRACE_DETECTOR_FILE` with the JSON pointer of the first field that is wrong; `RETRACE_UNSUPPORTED_VERSION`
 * for one of a later release.
 */
export function parseProvenanceText(text: string | undefined): Provenance {
  if (text === undefined) throw detectorFileError('/provenance', 'it is not there');
  const value = parseDetectorJson(text, '/provenance');
  refuseLaterVersion('provenance.version', (value as { version?: unknown } | null)?.version);
  const result = manifest.safeParse(value);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    throw detectorFileError(['/provenance', ...path].map(String).join('/'), message);
  }
  const { format: _, version: __, ...provenance } = result.data;
  return provenance;
}
