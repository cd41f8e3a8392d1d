import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './median.ts';
import { createProblem } from './problem.ts';
import { pythonMemory } from './python-peer.ts';
import { shapes } from './shapes.ts';

/** What training one shape takes besides time, in a fresh process. */
export interface Footprint {
  readonly shape: string;
  /** Milliseconds from the first import to the end of the first training step, the median of three processes. */
  readonly firstStepMs: number;
  /** The most memory the process held over twenty steps. */
  readonly peakBytes: number;
  /** The same of PyTorch; absent where it is not installed. */
  readonly pytorchBytes?: number;
}

/** The steps of each process. */
const footprintSteps = 20;

const program = fileURLToPath(new URL('./fresh-process.js', import.meta.url));

/** Trains a shape in fresh processes. */
export async function measureFootprint(name: string): Promise<Footprint> {
  const runs = [1, 2, 3].map(
    () =>
      JSON.parse(
        execFileSync(process.execPath, [program, name, String(footprintSteps)], { encoding: 'utf8' }),
      ) as Footprint,
  );
  const problem = await createProblem(shapes[name]!);
  const pytorchBytes = await pythonMemory('pytorch', problem, footprintSteps);
  problem.dispose();
  return {
    shape: name,
    firstStepMs: median(runs.map(({ firstStepMs }) => firstStepMs)),
    peakBytes: Math.max(...runs.map(({ peakBytes }) => peakBytes)),
    ...(pytorchBytes !== undefined && { pytorchBytes }),
  };
}
