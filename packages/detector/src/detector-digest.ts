import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { type SequenceModel, saveModel, specKey } from '@retrace/models';
import { readSafetensors, writeSafetensors } from '@retrace/safetensors';
import { detectorKey, detectorText } from './detector-text.ts';
import type { RowScorerState } from './row-scorer.ts';

/** Computes the SHA-256 of what makes the scores of a detector: weights and fitted states, not what is told about them. */
export async function detectorDigest(model: SequenceModel, state: RowScorerState): Promise<string> {
  const { tensors, metadata } = readSafetensors(await saveModel(model));
  const identity = { [specKey]: metadata[specKey]!, [detectorKey]: detectorText(state) };
  return bytesToHex(sha256(writeSafetensors({ tensors, metadata: identity })));
}
