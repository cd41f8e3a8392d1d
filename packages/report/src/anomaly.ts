/** An anomaly found: as `@retrace/scoring` reports it. */
export interface Anomaly {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly peak: number;
  readonly severity: number;
  readonly blame: readonly { readonly feature: string; readonly share: number }[];
}
