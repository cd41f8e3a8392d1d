/** Chooses multiples of 1, 2 or 5 times a power of ten, about `count` of them, inside the domain. */
export function roundTicks([low, high]: readonly [number, number], count: number): number[] {
  const step = roundStep((high - low) / count);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) => (first + k) * step);
}

/** Makes a format that tells neighbouring ticks apart and is no longer than that takes. */
export function tickFormat(ticks: readonly number[]): (value: number) => string {
  const step = ticks.length > 1 ? ticks[1]! - ticks[0]! : Math.abs(ticks[0] ?? 1) || 1;
  const magnitude = Math.max(step, ...ticks.map(Math.abs));
  const decimals = Math.max(0, -Math.floor(Math.log10(step * 1.001)));
  const plain = magnitude < 1e6 && decimals <= 4;
  const significant = Math.min(15, Math.ceil(Math.log10((magnitude / step) * 0.999)));
  const digits = plain ? { minimumFractionDigits: decimals, maximumFractionDigits: decimals } : {};
  const format = new Intl.NumberFormat('en', digits);
  return (value) => {
    if (Math.abs(value) < step / 2) return '0';
    const text = plain ? format.format(value) : value.toExponential(significant);
    return text.replaceAll('-', '−').replace('e+', 'e');
  };
}

function roundStep(rough: number): number {
  const exponent = Math.floor(Math.log10(rough));
  const fraction = rough / Number(`1e${exponent}`);
  // The nearest of 1, 2, 5 and 10 on a logarithmic scale: the bounds are geometric means.
  const factor = fraction < Math.SQRT2 ? 1 : fraction < Math.sqrt(10) ? 2 : fraction < Math.sqrt(50) ? 5 : 10;
  return Number(`${factor}e${exponent}`);
}
