import type { Runtime } from '@retrace/ops/runtime';
import { fit } from '@retrace/training';
import { arrayWindows } from '@retrace/windowing';
import type { Peer } from './peer.ts';
import type { Problem } from './problem.ts';

/** Our own: `fit` with all it checks, and `model.run` from arrays to arrays. */
export function retracePeer(runtime: Runtime, version: string): Peer {
  let problem: Problem | undefined;
  const threads = Number(/(\d+) threads?$/.exec(runtime.device)?.[1] ?? 1);
  return {
    name: runtime.name,
    version,
    threads,
    phases: ['train', 'infer'],
    async load(next) {
      problem = next;
    },
    async outputs() {
      const { model, input, shape } = problem!;
      return (await model.run({ size: shape.batch, input })).reconstruction!;
    },
    async run(phase, steps) {
      const { model, input, shape } = problem!;
      const { batch, timesteps, features } = shape;
      if (phase === 'infer') {
        const times = [];
        for (let step = 0; step < steps; step++) {
          const begin = performance.now();
          await model.run({ size: batch, input });
          times.push(performance.now() - begin);
        }
        return times;
      }
      // One step more than is asked for: the first has no end of a step before it to be timed from.
      const windows = arrayWindows({
        input: repeat(input, steps + 1),
        shape: [batch * (steps + 1), timesteps, features],
      });
      const ends: number[] = [];
      const optimizer = { kind: 'adam', learningRate: 1e-3 } as const;
      await fit(model, windows, {
        epochs: 1,
        batchSize: batch,
        optimizer,
        onStep: () => void ends.push(performance.now()),
      });
      return ends.slice(1).map((end, k) => end - ends[k]!);
    },
    close: () => runtime.dispose(),
  };
}

function repeat(input: Float32Array, times: number): Float32Array {
  const all = new Float32Array(times * input.length);
  for (let k = 0; k < times; k++) all.set(input, k * input.length);
  return all;
}
