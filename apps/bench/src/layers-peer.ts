import { getBackend, setBackend, type Tensor3D, tensor, tensor3d, train } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import type { Peer } from './peer.ts';
import type { Problem } from './problem.ts';

/** tfjs-layers on tfjs's own WebAssembly backend. */
export async function layersPeer(): Promise<Peer> {
  const { version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm');
  let model: LayersModel | undefined;
  let batch: Tensor3D | undefined;
  /** Ours is the current backend, and is again afterwards. */
  const onTheirs = async <T>(work: () => Promise<T>): Promise<T> => {
    const ours = getBackend();
    await setBackend('wasm');
    try {
      return await work();
    } finally {
      await setBackend(ours);
    }
  };
  const infer = async (): Promise<Float32Array> => {
    const output = model!.predictOnBatch(batch!) as Tensor3D;
    const values = await output.data<'float32'>();
    output.dispose();
    return values;
  };
  return {
    name: 'tfjs-layers',
    version,
    threads: 1,
    phases: ['train', 'infer'],
    slow: true,
    load: (problem) =>
      onTheirs(async () => {
        const { batch: size, timesteps, features } = problem.shape;
        batch = tensor3d(problem.input.slice(), [size, timesteps, features]);
        model = layersModel(problem);
      }),
    outputs: () => onTheirs(infer),
    run: (phase, steps) =>
      onTheirs(async () => {
        const times = [];
        for (let step = 0; step < steps; step++) {
          const begin = performance.now();
          await (phase === 'infer' ? infer() : model!.trainOnBatch(batch!, batch!));
          times.push(performance.now() - begin);
        }
        return times;
      }),
    close() {},
  };
}

/** The autoencoder of tfjs-layers, with Keras's defaults where tfjs-layers' differ. */
function layersModel({ shape: { timesteps, features, units }, weights }: Problem): LayersModel {
  const model = sequential();
  const recurrent = {
    units,
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'zeros',
    kernelInitializer: 'zeros',
  } as const;
  model.add(layers.lstm({ ...recurrent, inputShape: [timesteps, features] }));
  model.add(layers.repeatVector({ n: timesteps }));
  model.add(layers.lstm({ ...recurrent, returnSequences: true }));
  model.add(layers.timeDistributed({ layer: layers.dense({ units: features }) }));
  model.compile({ optimizer: train.adam(1e-3, 0.9, 0.999, 1e-7), loss: 'meanSquaredError' });
  const paths = ['encoder/0', 'decoder/0'].flatMap((path) =>
    ['kernel', 'recurrentKernel', 'bias'].map((name) => `${path}/${name}`),
  );
  const ordered = [...paths, 'reconstruction/kernel', 'reconstruction/bias'].map((name) => weights[name]!);
  const tensors = ordered.map(({ shape, values }) => tensor(values.slice(), [...shape]));
  model.setWeights(tensors);
  for (const weight of tensors) weight.dispose();
  return model;
}
