import { argumentError } from '@retrace/errors';

/** In UTF-8, which leaves room for a suffix in the 255 bytes that file systems allow. */
const maxBytes = 200;
const expected =
  `a plain name: 1 to ${maxBytes} bytes of UTF-8, without control characters and / \\ < > : " | ? *, ` +
  'without a dot before it and a dot or a space after it, and no device of Windows such as NUL';

/** `\p{Cs}` are lone surrogates, which UTF-8 cannot tell from one another. */
const forbidden = /[/\\<>:"|?*\p{Cc}\p{Cs}]|^\.|[. ]$/u;
const device = /^(con|prn|aux|nul|(com|lpt)[\d¹²³])(\.|$)/i;

/**
 * Returns `name` if every storage can keep a content by it, and never outside itself; throws `RETRACE_INVALID_ARGUMENT`
 * otherwise.
 *
 * A plain name has 1 to 200 bytes of UTF-8, no control character, none of `/ \ < > : " | ? *`, no lone surrogate, no dot
 * at the start, no dot or space at the end, and is no device of Windows (`NUL`, `com1.txt`). Names that differ in case
 * only are one where the file system takes them for one.
 */
export function checkStorageName(name: string): string {
  if (isStorageName(name)) return name;
  throw argumentError('name', expected, name);
}

export function isStorageName(name: unknown): name is string {
  if (typeof name !== 'string' || name === '' || name.length > maxBytes) return false;
  return !forbidden.test(name) && !device.test(name) && new TextEncoder().encode(name).length <= maxBytes;
}
