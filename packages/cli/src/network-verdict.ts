/** A method and how well it ranks labelled rows. */
export interface RankedMethod {
  readonly name: string;
  /** Average precision, null where the labels do not define it. */
  readonly averagePrecision: number | null;
}

/**
 * Says plainly whether a network pays: whether it ranks rows better than every baseline does. Empty where there is nothing
 * to compare.
 */
export function networkVerdict(network: RankedMethod, baselines: readonly RankedMethod[]): string {
  const own = network.averagePrecision;
  const measured = baselines.filter(({ averagePrecision }) => averagePrecision !== null);
  if (own === null || measured.length === 0) return '';
  const best = measured.reduce((a, b) => (b.averagePrecision! > a.averagePrecision! ? b : a));
  const figures = `${own.toFixed(3)}, the best baseline (${best.name}) ${best.averagePrecision!.toFixed(3)}`;
  return own > best.averagePrecision!
    ? `By average precision the ${network.name} pays: ${figures}.`
    : `By average precision the ${network.name} does not pay: ${figures}.`;
}
