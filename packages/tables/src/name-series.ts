/** Names the one series of a file: the last part of a path or a URL, without the extensions of a table. */
export function nameSeries(file: string): string {
  const name = file.split(/[\\/]/).at(-1)!;
  return name.replace(/\.gz$/i, '').replace(/\.(csv|tsv|txt)$/i, '') || 'series';
}
