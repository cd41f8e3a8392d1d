import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Peer } from './peer.ts';
import { python } from './python-peer.ts';

/** The part of onnxruntime-node that is used here. */
interface OnnxRuntime {
  readonly Tensor: new (type: 'float32', data: Float32Array, dims: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(path: string, options: { intraOpNumThreads: number }): Promise<OnnxSession>;
  };
}
interface OnnxTensor {
  readonly data: Float32Array;
}
interface OnnxSession {
  run(feeds: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
  release(): Promise<void>;
}

const folder = fileURLToPath(new URL('../', import.meta.url));
const modules = join(folder, '.peers/node_modules/onnxruntime-node');

/** onnxruntime-node, on a graph that `peers/autoencoder_onnx.py` makes; undefined where either is not installed. */
export async function onnxPeer(threads: number): Promise<Peer | undefined> {
  if (!existsSync(modules) || !existsSync(python)) return undefined;
  const { Tensor, InferenceSession } = createRequire(import.meta.url)(modules) as OnnxRuntime;
  const { version } = JSON.parse(readFileSync(join(modules, 'package.json'), 'utf8')) as { version: string };
  let session: OnnxSession | undefined;
  let feeds: Record<string, OnnxTensor> = {};
  const infer = async () => (await session!.run(feeds)).output!.data;
  return {
    name: 'onnxruntime',
    version,
    threads,
    phases: ['infer'],
    async load({ folder: files, input, shape: { batch, timesteps, features } }) {
      await promisify(execFile)(python, [join(folder, 'peers/autoencoder_onnx.py'), files]);
      await session?.release();
      session = await InferenceSession.create(join(files, 'autoencoder.onnx'), {
        intraOpNumThreads: threads,
      });
      feeds = { input: new Tensor('float32', input, [batch, timesteps, features]) };
    },
    outputs: infer,
    async run(_, steps) {
      const times = [];
      for (let step = 0; step < steps; step++) {
        const begin = performance.now();
        await infer();
        times.push(performance.now() - begin);
      }
      return times;
    },
    close: () => void session?.release(),
  };
}
