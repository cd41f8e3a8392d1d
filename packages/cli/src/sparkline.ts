const BARS = '▁▂▃▄▅▆▇█';

/** Draws values as a line of `width` characters, each the mean of its share of them; a blank where all are missing. */
export function sparkline(values: Float64Array, width: number): string {
  const columns = Math.min(width, values.length);
  const means = Array.from({ length: columns }, (_, column) => {
    const [from, to] = [column, column + 1].map((edge) => Math.floor((edge * values.length) / columns));
    const seen = values.subarray(from, to).filter((value) => !Number.isNaN(value));
    return seen.reduce((sum, value) => sum + value / seen.length, 0) / (seen.length > 0 ? 1 : 0);
  });
  const known = means.filter((mean) => !Number.isNaN(mean));
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return means
    .map((mean) => {
      if (Number.isNaN(mean)) return ' ';
      const level = high > low ? (mean - low) / (high - low) : 0;
      return BARS[Math.min(BARS.length - 1, Math.floor(level * BARS.length))];
    })
    .join('');
}
