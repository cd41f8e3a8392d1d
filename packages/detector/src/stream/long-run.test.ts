import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startWasm } from '@retrace/runtime-wasm';
import { memory } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { smallDetector } from '../../fixtures/small-detector.ts';

/** How many times rows are pushed: 100,000, or as many as the environment says. */
const PUSHES = Number(process.env.PUSHES ?? 100_000);
const minute = 60_000;

setFlagsFromString('--expose_gc');
const collectGarbage: () => void = runInNewContext('gc');

it(`a stream holds no more after ${PUSHES} pushes than after a tenth of them, and answers as fast`, async () => {
  await startWasm();
  const detector = await smallDetector();
  const stream = await detector.stream({ tolerance: 2 * minute });
  const latencies = new Float64Array(PUSHES);
  const pushUpTo = async (end: number, from = 0) => {
    for (let time = from; time < end; time++) {
      const rows = [0, 1].map((k) => ({
        id: `pump-${k}`,
        time: time * minute,
        values: [Math.sin(time / 5), 50 + k],
      }));
      const began = performance.now();
      await stream.push(rows);
      latencies[time] = performance.now() - began;
    }
    const state = await stream.state();
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return { tensors: memory().numTensors, held: heapUsed + arrayBuffers, state: state.length };
  };
  const few = Math.ceil(PUSHES / 10);
  const before = await pushUpTo(few);
  const after = await pushUpTo(PUSHES, few);
  expect(after.tensors).toBe(before.tensors);
  expect(after.held - before.held).toBeLessThan(2 ** 20);
  // The numbers of rows and times in it have more digits.
  expect(after.state - before.state).toBeLessThan(64);

  latencies.sort();
  const [median, p99] = [0.5, 0.99].map((share) => latencies[Math.floor(share * PUSHES)]!);
  console.log(`A push of 2 rows took ${median!.toFixed(2)} ms, 99 of 100 less than ${p99!.toFixed(2)} ms.`);
  expect(p99).toBeLessThan(20);
  detector.dispose();
}, 600_000);
