import type { Peer } from './peer.ts';

/** Refuses to compare what does not compute the same as the first. */
export async function checkOutputs([ours, ...others]: readonly Peer[]): Promise<void> {
  const expected = await ours!.outputs();
  for (const peer of others) {
    const outputs = await peer.outputs();
    const distance = outputs.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k]!)), 0);
    // Rounding of float32 over hundreds of steps.
    if (outputs.length !== expected.length || !(distance < 1e-4))
      throw new Error(`${peer.name} computes other outputs: they differ by up to ${distance}`);
  }
}
