import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelMessage, type OnnxGraph } from './onnx-messages.ts';
import { joined } from './protobuf.ts';

const golden = JSON.parse(readFileSync(new URL('../../fixtures/onnx-bytes.json', import.meta.url), 'utf8'));

describe('modelMessage', () => {
  it('writes every message and attribute byte for byte as the onnx package of Python', () => {
    const body: OnnxGraph = {
      name: 'body',
      nodes: [
        { op: 'Identity', inputs: ['going'], outputs: ['goes_on'], attributes: {} },
        { op: 'Add', inputs: ['sum', 'weights'], outputs: ['more'], attributes: {} },
      ],
      constants: new Map(),
      inputs: [
        { name: 'step', type: 'int64', dims: [] },
        { name: 'going', type: 'bool', dims: [] },
        { name: 'sum', type: 'float', dims: ['batch', 300] },
      ],
      outputs: [
        { name: 'goes_on', type: 'bool', dims: [] },
        { name: 'more', type: 'float', dims: ['batch', 300] },
      ],
    };
    const weights = Float32Array.from({ length: 300 }, (_, k) => -1 + (2 * k) / 299);
    const lstm = {
      activation_alpha: { floats: [1, -0.25] },
      activations: { strings: ['Affine', 'Tanh'] },
    };
    const graph: OnnxGraph = {
      name: 'größen',
      nodes: [
        {
          op: 'Loop',
          inputs: ['three', '', 'input'],
          outputs: ['summed'],
          attributes: { body: { graph: body } },
        },
        {
          op: 'HardSigmoid',
          inputs: ['summed'],
          outputs: ['bent'],
          attributes: { alpha: { float: 1 / 6 }, beta: { float: 0.5 } },
        },
        {
          op: 'Transpose',
          inputs: ['bent'],
          outputs: ['turned'],
          attributes: { perm: { ints: [1, 0, 2 ** 40] } },
        },
        { op: 'Softmax', inputs: ['turned'], outputs: ['output'], attributes: { axis: { int: -1 } } },
        { op: 'LSTM', inputs: ['x', 'w', 'r', '', 'lengths'], outputs: ['y'], attributes: lstm },
      ],
      constants: new Map([
        ['weights', { dims: [1, 300], data: weights }],
        ['three', { dims: [3], data: BigInt64Array.of(3n, -1n, 2n ** 40n) }],
      ]),
      inputs: [
        { name: 'input', type: 'float', dims: ['batch', 300] },
        { name: 'lengths', type: 'int32', dims: ['batch'] },
      ],
      outputs: [
        { name: 'output', type: 'float', dims: [300, 'batch'] },
        { name: 'mask', type: 'uint8', dims: ['batch'] },
      ],
    };
    const message = modelMessage({
      irVersion: 8,
      opset: 17,
      producer: { name: 'retrace', version: '1.2.3' },
      graph,
      metadata: { text: '{"units": 64}' },
    });
    expect(Buffer.from(joined(message)).toString('base64')).toBe(golden.model);
  });
});
