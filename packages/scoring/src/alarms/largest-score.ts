/** The largest score that any kind but the quantile learns from: the squares of these, and levels made of them, are finite. */
export const largestScore = 1e150;
