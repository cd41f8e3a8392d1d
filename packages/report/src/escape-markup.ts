// What XML 1.0 cannot carry even when escaped (control characters, lone surrogates, non-characters), and the control
// characters from U+007F to U+009F, which it discourages and HTML calls an error.
const unprintable = /[^\t\n\r\u{20}-\u{7E}\u{A0}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Replaces what HTML and XML cannot both carry by U+FFFD, so that any text can be drawn. */
export function printable(text: string): string {
  return text.replace(unprintable, '\u{FFFD}');
}

/** Escapes text for the content or a quoted attribute of HTML and SVG. */
export function escapeMarkup(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => entities[character]!);
}
