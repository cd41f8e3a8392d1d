import { measure } from './measure.ts';
import type { Peer } from './peer.ts';
import { createProblem } from './problem.ts';
import type { Shape } from './shapes.ts';

/** How the time of a training step grows with one size, the others as they are. */
export interface Growth {
  readonly size: keyof Shape;
  readonly points: readonly { readonly value: number; readonly ms: number }[];
  /** The power of the size by which the time grows, where a step takes over {@link shortest} ms. */
  readonly exponent: number;
}

/** The shape from which one size at a time departs. */
export const growthBase: Shape = { timesteps: 100, features: 8, units: 64, batch: 32 };

/** Milliseconds: below, a step is mostly what it costs whatever its size. */
export const shortest = 4;

const values: Partial<Record<keyof Shape, readonly number[]>> = {
  batch: [1, 4, 8, 16, 32, 64, 128, 256, 512, 1024],
  timesteps: [10, 30, 100, 300, 1000],
  units: [16, 32, 64, 128, 256, 512],
};

/** Times training steps of one library over growing sizes. */
export async function measureGrowth(peer: Peer): Promise<Growth[]> {
  const growths = [];
  for (const [size, steps] of Object.entries(values) as [keyof Shape, readonly number[]][]) {
    const points = [];
    for (const value of steps) {
      const problem = await createProblem({ ...growthBase, [size]: value });
      await peer.load(problem);
      const [timing] = await measure([peer], 'train', { rounds: 3, steps: 5, least: 100, most: 1000 });
      points.push({ value, ms: Math.min(...timing!.rounds) });
      problem.dispose();
    }
    growths.push({ size, points, exponent: exponentOf(points.filter(({ ms }) => ms > shortest)) });
  }
  return growths;
}

/** The slope of the line of least squares through the logarithms; NaN of fewer than two points. */
export function exponentOf(points: Growth['points']): number {
  const logs = points.map(({ value, ms }) => [Math.log(value), Math.log(ms)] as const);
  const mean = (k: 0 | 1) => logs.reduce((sum, log) => sum + log[k], 0) / logs.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
