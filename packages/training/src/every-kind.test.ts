import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  classifier,
  composite,
  createModel,
  encoderOf,
  latentTarget,
  type ModelSpec,
  predict,
  reconstruct,
  saveModel,
  sequence,
} from '@retrace/models';
import { startWasm } from '@retrace/runtime-wasm';
import { createSeries, slidingWindows } from '@retrace/windowing';
import { beforeAll, describe, expect, it } from 'vitest';
import { fit } from './index.ts';

const shape = { timesteps: 6, features: 2, units: [5, 3] };
const predicted = { horizon: 3, shift: -1 };
const specs: readonly ModelSpec[] = [
  reconstruct({ ...shape, bottleneck: { units: 2 } }),
  reconstruct({ ...shape, bridge: 'state', reversed: true, conditional: true }),
  predict({ ...shape, ...predicted }),
  composite({ ...shape, ...predicted, conditional: true }),
  latentTarget({ ...shape, stopGradient: true }),
  sequence(shape),
  classifier({ ...shape, classes: 2 }),
];
const rows = 40;
const series = createSeries({
  id: 'wave',
  features: ['a', 'b'],
  time: Float64Array.from({ length: rows }, (_, row) => row),
  values: Float64Array.from({ length: 2 * rows }, (_, cell) => Math.sin(cell / 3)),
  labels: Uint8Array.from({ length: rows }, (_, row) => Number(row > 25)),
});

beforeAll(async () => {
  await startWasm();
});

describe('every kind of model', () => {
  it.each(specs.map((spec) => [spec.kind, spec] as const))(
    '%s: is trained, saved, and gives the same bits in another process',
    async (_, spec) => {
      const windows = slidingWindows([series], { lookback: 6, ...('horizon' in spec ? predicted : {}) });
      const model = createModel(spec, { seed: 1 });
      const { history } = await fit(model, windows, {
        epochs: 5,
        optimizer: { kind: 'adam', learningRate: 0.01 },
      });
      expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
      const { input } = windows.batch([0, 7, 20]);
      const outputs = await model.run({ size: 3, input });
      expect(outputsElsewhere(await saveModel(model), input)).toEqual(hexOf(outputs));
      if (spec.kind !== 'sequence') {
        const encoder = encoderOf(model);
        const latent = { latent: await model.encode({ size: 3, input }) };
        expect(outputsElsewhere(await saveModel(encoder), input)).toEqual(hexOf(latent));
        encoder.dispose();
      }
      model.dispose();
    },
  );
});

/** The outputs of a saved model for three windows, by the built packages in a new process. */
function outputsElsewhere(bytes: Uint8Array, input: Float32Array): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'retrace-kinds-'));
  try {
    writeFileSync(join(folder, 'model.safetensors'), bytes);
    writeFileSync(join(folder, 'input'), new Uint8Array(input.buffer, input.byteOffset, input.byteLength));
    const script = `
      import { readFileSync } from 'node:fs';
      import { loadModel } from '@retrace/models';
      import { startWasm } from '@retrace/runtime-wasm';
      await startWasm();
      const [folder] = process.argv.slice(1);
      const model = await loadModel(new Uint8Array(readFileSync(folder + '/model.safetensors')));
      const { buffer } = new Uint8Array(readFileSync(folder + '/input'));
      const outputs = await model.run({ size: 3, input: new Float32Array(buffer) });
      const hex = (values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');
      console.log(JSON.stringify(Object.fromEntries(Object.entries(outputs).map(([name, values]) => [name, hex(values)]))));
    `;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script, folder], {
      cwd: new URL('..', import.meta.url),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return JSON.parse(printed.trim().split('\n').at(-1)!);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function hexOf(outputs: Readonly<Record<string, Float32Array>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, values]) => [
      name,
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex'),
    ]),
  );
}
