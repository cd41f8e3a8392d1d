/** Three digits. */
export function digits(x: number): string {
  return x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2);
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** A table in Markdown. */
export function markdown(header: readonly string[], lines: readonly (readonly string[])[]): string {
  const rows = [header, header.map(() => '---'), ...lines];
  return `${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}
