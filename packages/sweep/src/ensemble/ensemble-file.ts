import {
  argumentError,
  checkFormat,
  checkKeys,
  checkNumber,
  checkRecord,
  checkState,
  RetraceError,
} from '@retrace/errors';
import { readSealedSafetensors, type Tensor, writeSealedSafetensors } from '@retrace/safetensors';
import { checkThresholdState, type ThresholdState } from '@retrace/scoring';

/** All that an ensemble is made of, as it is kept. */
export interface EnsembleParts {
  /** The files of the members. */
  readonly files: readonly Uint8Array[];
  /** What the scores of each member are divided by. */
  readonly scales: readonly number[];
  readonly threshold: ThresholdState;
}

/** The metadata key of what is not a member. */
const KEY = 'retrace.ensemble';

/** Writes an ensemble as one safetensors file with a checksum: the bytes of the members' files, the rest as JSON. */
export function packEnsemble({ files, scales, threshold }: EnsembleParts): Uint8Array {
  const tensors = new Map(
    files.map((file, index): [string, Tensor] => [
      memberName(index),
      { dtype: 'U8', shape: [file.length], data: file },
    ]),
  );
  const text = JSON.stringify({ format: 'retrace-ensemble', version: 1, scales, threshold });
  return writeSealedSafetensors({ tensors, metadata: { [KEY]: text } });
}

/**
 * Reads what {@link packEnsemble} wrote.
 *
 * @throws `RETRACE_SAFETENSORS_…` for a damaged file; `RETRACE_ENSEMBLE_FILE` for one without an ensemble or with invalid
 * states; `RETRACE_UNSUPPORTED_VERSION` for one of a later release.
 */
export function unpackEnsemble(bytes: Uint8Array): EnsembleParts {
  const { tensors, metadata } = readSealedSafetensors(bytes);
  const text = metadata[KEY];
  if (text === undefined)
    throw new RetraceError(
      'RETRACE_ENSEMBLE_FILE',
      'The file is sound but holds no ensemble. Fit one with `fitEnsemble`; a detector is for `loadDetector`.',
      { missing: KEY },
    );
  return checkState('RETRACE_ENSEMBLE_FILE', () => {
    const fields = checkRecord('ensemble', parse(text));
    checkFormat('ensemble', fields, 'retrace-ensemble');
    checkKeys('ensemble', fields, ['format', 'version', 'scales', 'threshold']);
    const { scales } = fields;
    if (!Array.isArray(scales) || scales.length < 2)
      throw argumentError('ensemble.scales', 'an array of at least two numbers', scales);
    const files = scales.map((scale, index) => {
      checkNumber(`ensemble.scales[${index}]`, scale, { min: Number.MIN_VALUE });
      const data = tensors.get(memberName(index))?.data;
      if (data instanceof Uint8Array) return data;
      throw argumentError(memberName(index), 'the bytes of a detector', data);
    });
    return { files, scales, threshold: checkThresholdState(fields.threshold) };
  });
}

function memberName(index: number): string {
  return `member/${index}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw argumentError('ensemble', 'JSON', text);
  }
}
