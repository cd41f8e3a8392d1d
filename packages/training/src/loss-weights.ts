/** How much parts of the loss count, beside padding, missing cells and the weights of windows; absent ones count 1. */
export interface LossWeights {
  /** Of heads, by name, instead of the weight that the model's spec gives them. */
  readonly heads?: Readonly<Record<string, number>>;
  /** Of features, by name, in the heads that retrace or predict rows. */
  readonly features?: Readonly<Record<string, number>>;
  /** Of the steps of such a head, by its name: `[timesteps]` or `[horizon]`. */
  readonly steps?: Readonly<Record<string, ArrayLike<number>>>;
}
