/**
 * Replaces control characters, but for line feeds, by U+FFFD, so that a name from a file cannot steer a terminal.
 */
export function printable(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, '\u{FFFD}');
}
