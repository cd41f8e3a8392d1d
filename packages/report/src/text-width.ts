const wide = /[\u{1100}-\u{11FF}\u{2E80}-\u{A4CF}\u{AC00}-\u{FAFF}\u{FF00}-\u{FFEF}\u{1F000}-\u{3FFFF}]/u;
const broad = /[A-ZmwÄÖÜ@%&—…]/u;

/** Estimates the width in pixels of text in a 12 px system font; there is no font to measure here. */
export function textWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + characterWidth(character), 0);
}

function characterWidth(character: string): number {
  if (wide.test(character)) return 12.5;
  return broad.test(character) ? 9.5 : 6.6;
}
