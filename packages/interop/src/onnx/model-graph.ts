import type {
  ClassifierSpec,
  DecoderSpec,
  EncoderPart,
  LatentTargetSpec,
  ModelSpec,
  PredictedRows,
  ReconstructionDecoderSpec,
  SequenceSpec,
} from '@retrace/models';
import { addDecoder, decoderOutputs } from './decoder-nodes.ts';
import { addDense, addDenseStack } from './dense-layer.ts';
import { addEncoder, addWindow, type Encoded } from './encoder-nodes.ts';
import { GraphBuilder, type Weight } from './graph-builder.ts';
import { addLstmStack } from './lstm-stack.ts';
import type { OnnxGraph, OnnxValue } from './onnx-messages.ts';
import { addPadding, type Padding } from './padding.ts';
import { addRowBefore } from './row-before.ts';
import { addStepsInTime } from './steps-in-time.ts';
import { addZeros } from './zeros.ts';

/** The sizes of a model's outputs by their names, the batch axis left out. */
type OutputSizes = Readonly<Record<string, readonly number[]>>;

/**
 * The graph of a model at inference. Values that the model has as activations, such as `latent` and its outputs, have
 * their names.
 */
export function modelGraph(
  spec: ModelSpec,
  weights: ReadonlyMap<string, Weight>,
  { mask }: { readonly mask: boolean },
): OnnxGraph {
  const { kind, timesteps, features } = spec;
  const graph = new GraphBuilder(weights);
  const sizes = addModel(graph, spec, mask ? addPadding(graph, timesteps) : undefined);
  const input: OnnxValue = { name: 'input', type: 'float', dims: ['batch', timesteps, features] };
  const masks: OnnxValue[] = mask ? [{ name: 'mask', type: 'bool', dims: ['batch', timesteps] }] : [];
  const outputs = Object.entries(sizes).map(
    ([name, size]): OnnxValue => ({ name, type: 'float', dims: ['batch', ...size] }),
  );
  return graph.graph({ name: kind, inputs: [input, ...masks], outputs });
}

function addModel(graph: GraphBuilder, spec: ModelSpec, padding: Padding | undefined): OutputSizes {
  if (spec.kind === 'sequence') return addSequence(graph, spec, padding);
  const encoded = addEncoder(graph, spec, padding);
  switch (spec.kind) {
    case 'reconstruct':
      return addReconstruction(graph, spec, spec.decoder, { name: 'decoder', encoded, padding });
    case 'predict':
      return addPrediction(graph, spec, spec.decoder, { name: 'decoder', encoded, padding });
    case 'composite': {
      const { reconstruction, prediction } = spec.decoders;
      return {
        ...addReconstruction(graph, spec, reconstruction, {
          name: 'decoder/reconstruction',
          encoded,
          padding,
        }),
        ...addPrediction(graph, spec, prediction, { name: 'decoder/prediction', encoded, padding }),
      };
    }
    case 'latentTarget':
      return addLatentTarget(graph, spec, encoded);
    case 'classifier':
      return addClassifier(graph, spec, encoded);
    case 'encoder':
      return { latent: [spec.bottleneck?.units ?? spec.encoder.at(-1)!.units] };
  }
}

interface DecoderPlace {
  /** The path of the decoder's layers. */
  readonly name: string;
  readonly encoded: Encoded;
  readonly padding: Padding | undefined;
}

function addReconstruction(
  graph: GraphBuilder,
  { timesteps, features }: EncoderPart,
  decoder: ReconstructionDecoderSpec,
  place: DecoderPlace,
): OutputSizes {
  const first = () => addZeros(graph, 1, features);
  const { reversed } = decoder;
  addDecoder(graph, decoder, {
    ...place,
    head: 'reconstruction',
    steps: timesteps,
    features,
    reversed,
    first,
  });
  return sizesOf(decoderOutputs(decoder, 'reconstruction'), [timesteps, features]);
}

/** Windows have padding, what is predicted has none. */
function addPrediction(
  graph: GraphBuilder,
  spec: EncoderPart & PredictedRows,
  decoder: DecoderSpec,
  { name, encoded, padding }: DecoderPlace,
): OutputSizes {
  const { horizon, features } = spec;
  const first = () => addRowBefore(graph, spec, padding);
  addDecoder(graph, decoder, { name, encoded, head: 'prediction', steps: horizon, features, first });
  return sizesOf(decoderOutputs(decoder, 'prediction'), [horizon, features]);
}

function sizesOf(names: readonly string[], size: readonly number[]): OutputSizes {
  return Object.fromEntries(names.map((name) => [name, size]));
}

function addSequence(
  graph: GraphBuilder,
  { timesteps, features, layers }: SequenceSpec,
  padding: Padding | undefined,
): OutputSizes {
  const { sequence } = addLstmStack(graph, 'layer', layers, addWindow(graph, padding)).at(-1)!;
  const before = () => addZeros(graph, 1, layers.at(-1)!.units);
  const steps = addStepsInTime(graph, { sequence, before, reversed: false, padding });
  addDense(graph, 'reconstruction', steps);
  return { reconstruction: [timesteps, features] };
}

function addLatentTarget(
  graph: GraphBuilder,
  { encoder, dense, target }: LatentTargetSpec,
  { latent, states }: Encoded,
): OutputSizes {
  addDense(graph, 'output', addDenseStack(graph, dense, latent));
  const layer = target === 'latent' ? encoder.length - 1 : Number(target.slice('encoder/'.length));
  graph.add('Squeeze', [states[layer]!.h, graph.ints(0)], {}, 'target');
  const { units } = encoder[layer]!;
  return { output: [units], target: [units] };
}

function addClassifier(
  graph: GraphBuilder,
  { dense, classes }: ClassifierSpec,
  { latent }: Encoded,
): OutputSizes {
  const logits = addDense(graph, 'classes', addDenseStack(graph, dense, latent));
  graph.add('Softmax', [logits], { axis: { int: -1 } }, 'probabilities');
  return { probabilities: [classes] };
}
