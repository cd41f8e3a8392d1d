import { latentSize } from './encoder.ts';
import type {
  CompositeSpec,
  DecoderSpec,
  DenseLayerSpec,
  EncoderPart,
  LatentTargetSpec,
  LstmLayerSpec,
  ModelSpec,
  ReconstructionDecoderSpec,
} from './spec.ts';
import type { Stage, StageInput } from './stage.ts';

/** The stages of a model; each comes after those whose output it reads, but for feedback. */
export function stages(spec: ModelSpec): readonly Stage[] {
  const { timesteps, features } = spec;
  const input: Stage = { name: 'input', what: 'window', shape: [timesteps, features], inputs: [] };
  switch (spec.kind) {
    case 'reconstruct':
      return [input, ...encoderStages(spec), ...reconstructionStages(spec, spec.decoder, 'decoder')];
    case 'predict':
      return [
        input,
        ...encoderStages(spec),
        ...decoderStages(spec, spec.decoder, 'decoder', 'prediction', spec.horizon),
      ];
    case 'composite':
      return [input, ...encoderStages(spec), ...compositeStages(spec)];
    case 'latentTarget':
      return [input, ...encoderStages(spec), ...latentTargetStages(spec)];
    case 'sequence': {
      const layers = lstmStages('layer', spec.layers, {
        timesteps,
        from: [{ from: 'input' }],
        sequences: true,
      });
      return [input, ...layers, denseOverTime('reconstruction', layers.at(-1)!.name, [timesteps, features])];
    }
    case 'classifier': {
      const hidden = denseStages('dense', spec.dense, latentName(spec));
      const from = [{ from: hidden.at(-1)?.name ?? latentName(spec) }];
      const { classes, frozen } = spec;
      return [
        input,
        ...encoderStages(spec).map((stage) => (frozen ? { ...stage, what: `${stage.what}, frozen` } : stage)),
        ...hidden,
        { name: 'classes', what: `Dense ${classes}`, shape: [classes], inputs: from },
        { name: 'probabilities', what: 'softmax', shape: [classes], inputs: [{ from: 'classes' }] },
      ];
    }
    case 'encoder':
      return [input, ...encoderStages(spec)];
  }
}

type Encoder = Pick<EncoderPart, 'timesteps' | 'features' | 'encoder' | 'bottleneck'>;

/** The stage whose output is the latent vector. */
function latentName({ encoder, bottleneck }: Encoder): string {
  return bottleneck ? 'latent' : `encoder/${encoder.length - 1}`;
}

function encoderStages({ timesteps, encoder, bottleneck }: Encoder): Stage[] {
  const layers = lstmStages('encoder', encoder, { timesteps, from: [{ from: 'input' }], sequences: false });
  if (!bottleneck) return layers;
  const inputs = [{ from: layers.at(-1)!.name }];
  return [...layers, { name: 'latent', what: describeDense(bottleneck), shape: [bottleneck.units], inputs }];
}

function compositeStages(spec: CompositeSpec): Stage[] {
  const { reconstruction, prediction } = spec.decoders;
  const retraced = reconstructionStages(spec, reconstruction, 'decoder/reconstruction');
  const predicted = decoderStages(spec, prediction, 'decoder/prediction', 'prediction', spec.horizon);
  return [...retraced, ...predicted];
}

function reconstructionStages(spec: Encoder, decoder: ReconstructionDecoderSpec, name: string): Stage[] {
  const drawn = decoderStages(spec, decoder, name, 'reconstruction', spec.timesteps);
  if (!decoder.reversed) return drawn;
  return drawn.map((stage) =>
    stage.name === `${name}/0` ? { ...stage, what: `${stage.what}, reversed` } : stage,
  );
}

function decoderStages(
  spec: Encoder,
  { layers, bridge, conditional, variance }: DecoderSpec,
  name: string,
  head: string,
  steps: number,
): Stage[] {
  const { features, encoder } = spec;
  const latent = latentName(spec);
  const repeats = bridge === 'repeat';
  const feedback: readonly StageInput[] = conditional ? [{ from: head, kind: 'feedback' }] : [];
  const read: Stage = {
    name: `${name}/input`,
    what: conditional ? 'output before + RepeatVector' : 'RepeatVector',
    shape: [steps, (conditional ? features : 0) + latentSize(spec)],
    inputs: [{ from: latent }, ...feedback],
  };
  const from = repeats ? [{ from: read.name }] : feedback;
  const drawn = lstmStages(name, layers, { timesteps: steps, from, sequences: true }).map(
    (stage, index): Stage => {
      if (repeats) return stage;
      const state = { from: `encoder/${encoder.length - 1 - index}`, kind: 'state' as const };
      return { ...stage, inputs: [...stage.inputs, state] };
    },
  );
  const last = drawn.at(-1)!.name;
  const spread = variance ? [denseOverTime(`${head}/logVariance`, last, [steps, features])] : [];
  return [...(repeats ? [read] : []), ...drawn, denseOverTime(head, last, [steps, features]), ...spread];
}

function latentTargetStages(spec: LatentTargetSpec): Stage[] {
  const { encoder, dense, target, stopGradient, loss } = spec;
  const hidden = denseStages('dense', dense, latentName(spec));
  const own = target === 'latent' ? latentName(spec) : target;
  const { units } = encoder[Number(own.slice('encoder/'.length))]!;
  const from = [{ from: hidden.at(-1)?.name ?? latentName(spec) }];
  return [
    ...hidden,
    { name: 'output', what: `Dense ${units}`, shape: [units], inputs: from },
    {
      name: 'latentTarget',
      what: stopGradient ? `${loss}, target held fixed` : loss,
      shape: [],
      inputs: [{ from: 'output' }, { from: own, kind: 'target' }],
    },
  ];
}

function lstmStages(
  name: string,
  layers: readonly LstmLayerSpec[],
  { timesteps, from, sequences }: { timesteps: number; from: readonly StageInput[]; sequences: boolean },
): Stage[] {
  return layers.map((layer, index) => ({
    name: `${name}/${index}`,
    what: describeLstm(layer),
    shape: sequences || index < layers.length - 1 ? [timesteps, layer.units] : [layer.units],
    inputs: index === 0 ? from : [{ from: `${name}/${index - 1}` }],
  }));
}

function denseStages(name: string, layers: readonly DenseLayerSpec[], from: string): Stage[] {
  return layers.map((layer, index) => ({
    name: `${name}/${index}`,
    what: describeDense(layer),
    shape: [layer.units],
    inputs: [{ from: index === 0 ? from : `${name}/${index - 1}` }],
  }));
}

function denseOverTime(name: string, from: string, shape: readonly [number, number]): Stage {
  return { name, what: `Dense ${shape[1]} over time`, shape, inputs: [{ from }] };
}

function describeLstm({ units, activation, recurrentActivation, dropout }: LstmLayerSpec): string {
  return [
    `LSTM ${units}`,
    activation !== 'tanh' && activation,
    recurrentActivation !== 'sigmoid' && `${recurrentActivation} gates`,
    dropout > 0 && `dropout ${dropout}`,
  ]
    .filter(Boolean)
    .join(', ');
}

function describeDense({ units, activation }: DenseLayerSpec): string {
  return activation === 'linear' ? `Dense ${units}` : `Dense ${units}, ${activation}`;
}
