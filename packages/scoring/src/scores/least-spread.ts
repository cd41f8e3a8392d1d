/** The least spread: a residual of the largest magnitude divided by it still has a finite square. */
export const leastSpread = 1e-12;
