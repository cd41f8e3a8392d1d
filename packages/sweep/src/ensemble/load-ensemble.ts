import { type Detector, type LoadDetectorOptions, loadDetector } from '@retrace/detector';
import { argumentError } from '@retrace/errors';
import { createEnsemble, type Ensemble } from './ensemble.ts';
import { unpackEnsemble } from './ensemble-file.ts';

/**
 * Builds an ensemble from the bytes of a file that `save` wrote, after checking the whole file.
 *
 * @throws `RETRACE_SAFETENSORS_…` for a damaged file; `RETRACE_ENSEMBLE_FILE` for a file without an ensemble or with invalid
 * states; `RETRACE_INVALID_ARGUMENT`; what `loadDetector` throws.
 */
export async function loadEnsemble(bytes: Uint8Array, options: LoadDetectorOptions = {}): Promise<Ensemble> {
  const { files, scales, threshold } = unpackEnsemble(bytes);
  return createEnsemble(await loadMembers(files, options), { scales, threshold });
}

/**
 * Loads detectors that can score together.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for fewer than two, and for those that differ in features or windows: their scores
 * would be of other rows.
 */
export async function loadMembers(
  files: readonly Uint8Array[],
  options: LoadDetectorOptions,
): Promise<Detector[]> {
  if (!Array.isArray(files) || files.length < 2)
    throw argumentError('files', 'an array of at least two detector files', files);
  const members: Detector[] = [];
  try {
    for (const [index, file] of files.entries()) {
      const member = await loadDetector(file, options);
      members.push(member);
      const [text, first] = [member, members[0]!].map(({ features, state }) =>
        JSON.stringify([features, state.windows]),
      );
      if (text !== first)
        throw argumentError(
          `files[${index}]`,
          `a detector of the features and windows of the first, ${first}`,
          text,
        );
    }
    return members;
  } catch (error) {
    for (const member of members) member.dispose();
    throw error;
  }
}
