import { checkInteger, checkKeys, checkState, RetraceError } from '@retrace/errors';
import { loadModel, lossesKey, specKey } from '@retrace/models';
import { readSealedSafetensors } from '@retrace/safetensors';
import { createDetector, type Detector } from './detector.ts';
import { detectorFileError } from './detector-file-error.ts';
import { detectorKey, parseDetectorText } from './detector-text.ts';
import { checkFit } from './fit-detector.ts';
import { modelReader } from './model-reader.ts';
import { parseProvenanceText, provenanceKey } from './provenance.ts';
import { partsOf, type RowScorerState } from './row-scorer.ts';
import type { WindowReader } from './window-reader.ts';

export interface LoadDetectorOptions {
  /** Windows retraced at once; changes memory and speed, not scores. Default 256. */
  readonly batchSize?: number;
}

/**
 * Builds a detector from the bytes of a file that `save` wrote, after checking the whole file. A path or an address is
 * refused, never followed, be it an argument or in a file.
 *
 * @throws `RETRACE_SAFETENSORS_…` for a damaged file, or one of another format; `RETRACE_DETECTOR_FILE` for a file without
 * a detector or with invalid states, and for a model that reads other windows than those; `RETRACE_UNSUPPORTED_VERSION`
 * for the file of a later release; `RETRACE_MODEL_KIND` for a model without the outputs that are scored;
 * `RETRACE_INVALID_ARGUMENT`; what `loadModel` throws.
 */
export async function loadDetector(bytes: Uint8Array, options: LoadDetectorOptions = {}): Promise<Detector> {
  checkKeys('options', options, ['batchSize']);
  const { batchSize = 256 } = options;
  checkInteger('batchSize', batchSize, { min: 1 });
  const file = readSealedSafetensors(bytes);
  const {
    [detectorKey]: states,
    [provenanceKey]: origin,
    [specKey]: _,
    [lossesKey]: __,
    ...metadata
  } = file.metadata;
  if (states === undefined) {
    throw new RetraceError(
      'RETRACE_DETECTOR_FILE',
      'The file is sound but holds no detector, at most a model. Fit one around it with `fitDetector`.',
      { missing: detectorKey },
    );
  }
  const state = parseDetectorText(states);
  const provenance = parseProvenanceText(origin);
  // Added losses matter in training only, so a detector does without them.
  const model = await loadModel(file, { losses: 'none' });
  try {
    const reader = modelReader(model, state.scaler.features, state.outputs ?? ['reconstruction']);
    checkState('RETRACE_DETECTOR_FILE', () => checkFit(model, reader, state));
    checkScorers(reader, state);
    return createDetector(model, reader, state, { batchSize, provenance, metadata });
  } catch (error) {
    model.dispose();
    throw error;
  }
}

/** Refuses scorers of other columns than those that they are given, or of variances that are not there. */
function checkScorers({ outputs }: WindowReader, { scorer }: RowScorerState): void {
  for (const [index, { kind, features }] of partsOf(scorer).entries()) {
    const { name, columns, variance } = outputs[index]!;
    const pointer = scorer.kind === 'combined' ? `/scorer/parts/${index}/scorer` : '/scorer';
    if (kind === 'likelihood' && !variance)
      throw detectorFileError(`${pointer}/kind`, `the model puts out no variance of its ${name}`);
    if (features.length === columns.length && features.every((each, k) => each === columns[k])) continue;
    throw detectorFileError(`${pointer}/features`, `they are not those of the ${name}`);
  }
}
