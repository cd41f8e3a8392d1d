const UNITS: readonly [unit: string, milliseconds: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
];

/** Writes milliseconds as a duration that `parseDuration` reads: in the largest unit that gives a short number. */
export function durationText(milliseconds: number): string {
  const fitting = UNITS.filter(([, size]) => milliseconds >= size);
  const whole = fitting.find(([, size]) => milliseconds % size === 0 && milliseconds / size < 1000);
  const [unit, size] = whole ?? fitting[0] ?? ['ms', 1];
  return `${Number((milliseconds / size).toPrecision(3))}${unit}`;
}

/** The largest unit of which a duration is at least one, seconds for none. */
export function unitOf(milliseconds: number): { readonly unit: string; readonly milliseconds: number } {
  const [unit, size] = UNITS.find(([, size]) => milliseconds >= size) ?? ['s', 1000];
  return { unit, milliseconds: size };
}
