import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from './onnx-messages.ts';

/** A weight of a model, row-major. */
export interface Weight {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Collects the nodes and constants of a graph. A value is known by its name, of which every value has its own. */
export class GraphBuilder {
  readonly weights: ReadonlyMap<string, Weight>;
  readonly #constants = new Map<string, OnnxTensor>();
  #nodes: OnnxNode[] = [];
  #named = 0;

  constructor(weights: ReadonlyMap<string, Weight>) {
    this.weights = weights;
  }

  /** Adds a node of one output and returns that output. */
  add(
    op: string,
    inputs: readonly string[],
    attributes: OnnxNode['attributes'] = {},
    output: string = `${op}_${this.#named++}`,
  ): string {
    this.addNode({ op, inputs, outputs: [output], attributes });
    return output;
  }

  addNode(node: OnnxNode): void {
    this.#nodes.push(node);
  }

  /** A constant, kept once however often it is named. */
  constant(name: string, tensor: OnnxTensor): string {
    this.#constants.set(name, tensor);
    return name;
  }

  /** A constant that is a weight as the model holds it. */
  weight(name: string): string {
    const { shape, data } = this.weights.get(name)!;
    return this.constant(name, { dims: shape, data });
  }

  /** A constant list of integers. */
  ints(...values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.constant(`ints/${values}`, { dims: [values.length], data });
  }

  /** A constant integer. */
  int(value: number): string {
    return this.constant(`int/${value}`, { dims: [], data: BigInt64Array.of(BigInt(value)) });
  }

  /** The graph of a loop's body, of what `build` adds: it sees the values around it. */
  body(name: string, build: () => Pick<OnnxGraph, 'inputs' | 'outputs'>): OnnxAttribute {
    const around = this.#nodes;
    this.#nodes = [];
    const { inputs, outputs } = build();
    const graph = { name, nodes: this.#nodes, constants: new Map(), inputs, outputs };
    this.#nodes = around;
    return { graph };
  }

  /** The graph of all that was added. */
  graph(content: Pick<OnnxGraph, 'name' | 'inputs' | 'outputs'>): OnnxGraph {
    return { ...content, nodes: this.#nodes, constants: this.#constants };
  }
}
