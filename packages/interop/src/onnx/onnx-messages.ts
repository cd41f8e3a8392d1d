import { floatField, intField, type Message, messageField, textField } from './protobuf.ts';

/**
 * The messages of ONNX that a model is written in, by the field numbers of onnx/onnx.proto
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Fields are written in ascending order, as Google's
 * libraries write them.
 */

/** The numbers of `TensorProto.DataType`. */
export const elementTypes = { float: 1, uint8: 2, int32: 6, int64: 7, bool: 9 } as const;

export interface OnnxTensor {
  readonly dims: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** The type of an input or output; a dimension is a size, or the name of one that is known at run time only. */
export interface OnnxValue {
  readonly name: string;
  readonly type: keyof typeof elementTypes;
  readonly dims: readonly (number | string)[];
}

/** An attribute of a node, by the field of `AttributeProto` that holds it. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly strings: readonly string[] }
  | { readonly graph: OnnxGraph };

export interface OnnxNode {
  readonly op: string;
  /** An empty name stands for an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly constants: ReadonlyMap<string, OnnxTensor>;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface OnnxModel {
  readonly irVersion: number;
  readonly opset: number;
  readonly producer: { readonly name: string; readonly version: string };
  readonly graph: OnnxGraph;
  readonly metadata: Readonly<Record<string, string>>;
}

export function modelMessage({ irVersion, producer, graph, opset, metadata }: OnnxModel): Message {
  return [
    ...intField(1, irVersion),
    ...textField(2, producer.name),
    ...textField(3, producer.version),
    ...messageField(7, graphMessage(graph)),
    ...messageField(8, [...textField(1, ''), ...intField(2, opset)]),
    ...Object.entries(metadata).flatMap(([key, value]) =>
      messageField(14, [...textField(1, key), ...textField(2, value)]),
    ),
  ];
}

function graphMessage({ name, nodes, constants, inputs, outputs }: OnnxGraph): Message {
  return [
    ...nodes.flatMap((node) => messageField(1, nodeMessage(node))),
    ...textField(2, name),
    ...[...constants].flatMap(([key, tensor]) => messageField(5, tensorMessage(key, tensor))),
    ...inputs.flatMap((value) => messageField(11, valueMessage(value))),
    ...outputs.flatMap((value) => messageField(12, valueMessage(value))),
  ];
}

function nodeMessage({ op, inputs, outputs, attributes }: OnnxNode): Message {
  return [
    ...inputs.flatMap((input) => textField(1, input)),
    ...outputs.flatMap((output) => textField(2, output)),
    ...textField(4, op),
    ...Object.entries(attributes).flatMap(([name, value]) => messageField(5, attributeMessage(name, value))),
  ];
}

function attributeMessage(name: string, value: OnnxAttribute): Message {
  const named = (type: number, content: Message) => [
    ...textField(1, name),
    ...content,
    ...intField(20, type),
  ];
  if ('float' in value) return named(1, floatField(2, value.float));
  if ('int' in value) return named(2, intField(3, value.int));
  if ('graph' in value) return named(5, messageField(6, graphMessage(value.graph)));
  if ('floats' in value)
    return named(
      6,
      value.floats.flatMap((each) => floatField(7, each)),
    );
  if ('ints' in value)
    return named(
      7,
      value.ints.flatMap((each) => intField(8, each)),
    );
  return named(
    8,
    value.strings.flatMap((each) => textField(9, each)),
  );
}

function tensorMessage(name: string, { dims, data }: OnnxTensor): Message {
  const type = data instanceof Float32Array ? elementTypes.float : elementTypes.int64;
  return [
    ...dims.flatMap((size) => intField(1, size)),
    ...intField(2, type),
    ...textField(8, name),
    ...messageField(9, [new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]),
  ];
}

function valueMessage({ name, type, dims }: OnnxValue): Message {
  const shape = dims.flatMap((size) =>
    messageField(1, typeof size === 'number' ? intField(1, size) : textField(2, size)),
  );
  const tensorType = [...intField(1, elementTypes[type]), ...messageField(2, shape)];
  return [...textField(1, name), ...messageField(2, messageField(1, tensorType))];
}
