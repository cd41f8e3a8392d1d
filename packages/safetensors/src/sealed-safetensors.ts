import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { argumentError, RetraceError } from '@retrace/errors';
import { readSafetensors, type Safetensors } from './read-safetensors.ts';
import { type SafetensorsContent, writeSafetensors } from './write-safetensors.ts';

/** The metadata key of the checksum. */
const KEY = 'sha256';
/** Stands in the checksum's place while it is computed, so that it covers every other bit of the file. */
const BLANK = '0'.repeat(64);

/**
 * Writes a safetensors file that carries a SHA-256 checksum of itself, in its metadata under `sha256`: any reader of
 * the format reads it, and {@link readSealedSafetensors} finds any damage.
 *
 * The digest is that of the file with 64 zeros in the checksum's place.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if the metadata has a `sha256` of its own; what `writeSafetensors` throws.
 */
export function writeSealedSafetensors(content: SafetensorsContent): Uint8Array {
  if (content.metadata?.[KEY] !== undefined) {
    throw argumentError('metadata.sha256', 'absent: the checksum stands there', content.metadata[KEY]);
  }
  const file = writeSafetensors({ ...content, metadata: { ...content.metadata, [KEY]: BLANK } });
  file.set(utf8ToBytes(bytesToHex(sha256(file))), positionOf(file, BLANK));
  return file;
}

/**
 * Reads a file of {@link writeSealedSafetensors} and checks its checksum, which is left out of the metadata returned.
 *
 * @throws `RETRACE_SAFETENSORS_CHECKSUM` if the checksum is not that of the bytes, or there is none; what
 * `readSafetensors` throws.
 */
export function readSealedSafetensors(bytes: Uint8Array): Safetensors {
  const { tensors, metadata } = readSafetensors(bytes);
  const { [KEY]: stated, ...rest } = metadata;
  if (stated === undefined || !/^[0-9a-f]{64}$/.test(stated)) {
    throw checksumError('carries no checksum, so that damage could not be told', { stated });
  }
  // Not `slice`, which of a Node Buffer is a view.
  const blanked = new Uint8Array(bytes);
  blanked.set(utf8ToBytes(BLANK), positionOf(bytes, stated));
  const actual = bytesToHex(sha256(blanked));
  if (actual !== stated)
    throw checksumError('is damaged: its checksum is not that of its bytes', { stated, actual });
  return { tensors, metadata: rest };
}

/** Where the digits begin. Their key cannot stand inside a string: quotes are escaped there. */
function positionOf(bytes: Uint8Array, digits: string): number {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  // One character a byte, whatever the bytes: positions in the text are positions in the file.
  const header = new TextDecoder('latin1').decode(bytes.subarray(8, 8 + length));
  const before = `"${KEY}":"`;
  const at = header.indexOf(`${before}${digits}"`);
  if (at === -1)
    throw checksumError('states its checksum with white space or escapes, as no sealed file does', {});
  return 8 + at + before.length;
}

function checksumError(problem: string, details: Readonly<Record<string, unknown>>): RetraceError {
  const remedy = 'Copy it again from where it was saved, or save it again.';
  return new RetraceError('RETRACE_SAFETENSORS_CHECKSUM', `The file ${problem}. ${remedy}`, details);
}
