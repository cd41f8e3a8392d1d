/** A weight as a file holds it. */
export interface SourceWeight {
  /** Where it is in the file. */
  readonly path: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/** A layer as a file holds it. */
export interface SourceLayer {
  /** Its own name, by which `layers` chooses it. */
  readonly name: string;
  readonly kind: 'lstm' | 'dense';
  /** By our names: kernel, recurrentKernel, bias. */
  readonly weights: ReadonlyMap<string, SourceWeight>;
  /** Its options as the library wrote them, where the file has them. */
  readonly config?: Readonly<Record<string, unknown>>;
}
