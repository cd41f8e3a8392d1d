/** Numbers the random draws of one forward pass, in the order they are made. */
export interface RandomStream {
  readonly seed: number;
  readonly step: number;
  nextDraw(): number;
}

export function createRandomStream({ seed, step }: { seed: number; step: number }): RandomStream {
  let draw = 0;
  return { seed, step, nextDraw: () => draw++ };
}
