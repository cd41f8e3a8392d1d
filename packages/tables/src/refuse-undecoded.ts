import { type TablePlace, tableError } from './table-error.ts';

/**
 * Refuses text with what bytes that are not text become: U+FFFD, or NUL.
 *
 * @param place Tells where the text is, from the part of it that comes before.
 * @throws `RETRACE_TABLE_ENCODING`.
 */
export function refuseUndecoded(text: string, place: (before: string) => TablePlace): void {
  const nul = text.indexOf('\0');
  const at = nul < 0 ? text.indexOf('\uFFFD') : nul;
  if (at < 0) return;
  const message =
    nul < 0
      ? "Bytes that are not of the encoding (or the replacement character U+FFFD, which earlier damage leaves). Save the file as UTF-8, or tell its encoding, such as `encoding: 'windows-1252'`."
      : 'A NUL byte: the file is damaged, binary or UTF-16. Save it as text in UTF-8, or tell its `encoding`.';
  throw tableError('RETRACE_TABLE_ENCODING', place(text.slice(0, at)), message);
}
