import { isRetraceError } from '@retrace/errors';
import { tableError } from './table-error.ts';
import { FORMAT_NAMES, type TableFormat } from './table-format.ts';

/**
 * Runs what decodes a binary format; whatever it stumbles over becomes `RETRACE_TABLE_FORMAT`.
 *
 * @param decode May be asynchronous.
 */
export async function refuseDamaged<T>(
  file: string,
  format: TableFormat,
  decode: () => T | Promise<T>,
): Promise<T> {
  try {
    return await decode();
  } catch (cause) {
    if (isRetraceError(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    const remedy = /compression codec/.test(reason)
      ? 'Write it uncompressed, or as Parquet.'
      : 'Write it anew.';
    const message = `As ${FORMAT_NAMES[format]}, this is damaged, or uses what is not supported (${reason}). ${remedy}`;
    throw tableError('RETRACE_TABLE_FORMAT', { file }, message, { format: FORMAT_NAMES[format] }, cause);
  }
}
