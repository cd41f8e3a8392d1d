import { RetraceError } from '@retrace/errors';

/** Arrays and objects within each other; what a file of retrace holds has fewer than ten. */
const MAX_DEPTH = 64;

/**
 * Parses JSON that stands in a file's metadata, as `JSON.parse` does, which however forgets all but the last of two
 * equal keys, and nests without end: here both are errors.
 *
 * @throws `RETRACE_SAFETENSORS_METADATA` for what is not JSON, has an object with a key twice, or nests more than 64 deep.
 */
export function parseMetadataJson(text: string): unknown {
  const keys = countColons(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw metadataError(`is not JSON (${cause instanceof Error ? cause.message : cause})`, cause);
  }
  if (countKeys(value) !== keys) throw metadataError('has an object with a key twice');
  return value;
}

/** The colons outside strings, of which JSON has one a key; refuses deep nesting before anything is built of it. */
function countColons(text: string): number {
  let colons = 0;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const symbol = text[at];
    if (inString) {
      if (symbol === '\\') at++;
      else inString = symbol !== '"';
    } else if (symbol === '"') inString = true;
    else if (symbol === ':') colons++;
    else if (symbol === '}' || symbol === ']') depth--;
    else if ((symbol === '{' || symbol === '[') && ++depth > MAX_DEPTH)
      throw metadataError(`nests more than ${MAX_DEPTH} deep`);
  }
  return colons;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const items = Object.values(value);
  const own = Array.isArray(value) ? 0 : items.length;
  return items.reduce<number>((sum, item) => sum + countKeys(item), own);
}

function metadataError(problem: string, cause?: unknown): RetraceError {
  const message = `The JSON in the metadata of the file ${problem}. The file was not written by retrace, or was tampered with.`;
  return new RetraceError('RETRACE_SAFETENSORS_METADATA', message, {}, { cause });
}
