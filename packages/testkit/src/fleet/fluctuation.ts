import type { Random } from '@retrace/random';

/**
 * Creates an Ornstein–Uhlenbeck process of mean 0, started in its stationary distribution: each call advances
 * it by `seconds` and returns its value. The step is exact: x ← a·x + σ·√(1 − a²)·N(0, 1), a = exp(−Δt / τ).
 */
export function createFluctuation(
  random: Random,
  { deviation, timeConstant }: { deviation: number; timeConstant: number },
): (seconds: number) => number {
  let value = deviation * random.normal();
  return (seconds) => {
    const kept = Math.exp(-seconds / timeConstant);
    value = kept * value + deviation * Math.sqrt(1 - kept ** 2) * random.normal();
    return value;
  };
}
