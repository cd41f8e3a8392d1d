import { split, type Tensor, unstack } from '@tensorflow/tfjs-core';

/**
 * Takes `[timesteps, …]` apart into one tensor for each timestep.
 *
 * In two stages, since tfjs's WebAssembly backend copies the whole of its input for every slice it makes: taken
 * apart at once, T timesteps would cost T copies of the sequence; by way of √T pieces they cost 2√T.
 */
export function timestepList(sequence: Tensor): Tensor[] {
  const timesteps = sequence.shape[0]!;
  const pieceLength = Math.ceil(Math.sqrt(timesteps));
  if (timesteps <= pieceLength * 2) return unstack(sequence);
  const lengths: number[] = [];
  for (let left = timesteps; left > 0; left -= pieceLength) lengths.push(Math.min(left, pieceLength));
  return split(sequence, lengths, 0).flatMap((piece) => unstack(piece));
}
