import { type FileForge, type HostileFile, type Json, type TensorHeader, tensorsIn } from './hostile-file.ts';

const modelFile = 'RETRACE_MODEL_FILE';
const modelSpec = 'RETRACE_MODEL_SPEC';
const layer = { units: 65_536, activation: 'tanh', recurrentActivation: 'sigmoid', dropout: 0 };

/** Sound containers of what is no model: specs and weights, C5 to C12, C15 and C19 to C21. */
export function contentFiles(forge: FileForge): HostileFile[] {
  const { parts, unsealed, withHeader, withSpec, withSpecText } = forge;
  const file = (id: string, what: string, code: string, bytes: Uint8Array): HostileFile => ({
    id,
    what,
    bytes,
    code,
  });
  const spec = (id: string, what: string, change: (spec: Json) => void, code = modelSpec) =>
    file(id, what, code, withSpec(change));
  const units = (id: string, value: unknown) =>
    spec(id, `units of ${value}`, (model) => {
      model.encoder[0].units = value;
    });
  const [first, second] = twins(tensorsIn(JSON.parse(parts.header)));
  const swapped = parts.header
    .replace(`"${first}"`, '"\t"')
    .replace(`"${second}"`, `"${first}"`)
    .replace('"\t"', `"${second}"`);
  return [
    file(
      'C5',
      'a spec that is not JSON',
      modelFile,
      withSpecText(() => '{'),
    ),
    file(
      'C6',
      'a key of the spec twice',
      modelFile,
      withSpecText((text) => text.replace('{', '{"kind":"reconstruct",')),
    ),
    file(
      'C7',
      '20,000 arrays in the spec',
      modelFile,
      withSpecText(() => `${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    ),
    file(
      'C7',
      '20,000 objects in the spec',
      modelFile,
      withSpecText(() => `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
    ),
    ...['__proto__', 'constructor', 'prototype'].flatMap((key) => [
      file(
        'C8',
        `${key} in the spec`,
        modelSpec,
        withSpecText((text) => text.replace('{', `{"${key}":{"polluted":true},`)),
      ),
      file(
        'C8',
        `${key} in a layer`,
        modelSpec,
        withSpecText((text) => text.replace('{"units"', `{"${key}":{"polluted":true},"units"`)),
      ),
      file('C8', `${key} as a tensor`, modelFile, withEmptyTensor(forge, key)),
    ]),
    spec('C9', 'an unknown kind', (model) => {
      model.kind = 'transformer';
    }),
    spec('C9', 'the kind `constructor`', (model) => {
      model.kind = 'constructor';
    }),
    spec('C9', 'an unknown activation', (model) => {
      model.encoder[0].activation = 'eval';
    }),
    spec('C9', 'a layer by the name of a class', (model) => {
      model.encoder[0].class_name = 'constructor';
    }),
    spec('C10', 'another format', (model) => {
      model.format = 'retrace-detector';
    }),
    spec(
      'C10',
      'a later version',
      (model) => {
        model.version = 2;
      },
      'RETRACE_UNSUPPORTED_VERSION',
    ),
    file(
      'C11',
      'no spec',
      modelFile,
      withHeader(({ __metadata__: metadata }) => delete metadata['retrace.model']),
    ),
    spec('C11', 'no features', (model) => delete model.features),
    spec('C11', 'no encoder', (model) => delete model.encoder),
    ...['8', -1, 0, 1.5, Number.NaN, 1e9, 2 ** 53].map((value) => units('C11', value)),
    spec('C12', '1e9 steps', (model) => {
      model.timesteps = 1e9;
    }),
    spec('C12', '10^12 weights', (model) => {
      model.encoder = Array.from({ length: 64 }, () => layer);
    }),
    spec('C12', '10^12 numbers in a window', (model) => {
      Object.assign(model, { timesteps: 1e6, features: 1e6 });
    }),
    spec(
      'C12',
      'a gigabyte of weights that are not there',
      (model) => {
        model.encoder[0].units = 8000;
      },
      modelFile,
    ),
    file(
      'C15',
      'weights that are integers',
      modelFile,
      withHeader((header) => {
        header[first]!.dtype = 'I32';
      }),
    ),
    ...[Number.NaN, Infinity, -Infinity].map((value) =>
      file('C19', `a weight of ${value}`, modelFile, withNumber(forge, value)),
    ),
    file(
      'C20',
      `${first} and ${second} swapped`,
      'RETRACE_SAFETENSORS_CHECKSUM',
      unsealed({ header: swapped }),
    ),
    ...['../../etc/passwd', '/etc/passwd', 'encoder/0/bias\0', 'n'.repeat(10_000)].map((name) =>
      file(
        'C21',
        `a tensor named ${JSON.stringify(name.slice(0, 20))}`,
        modelFile,
        withEmptyTensor(forge, name),
      ),
    ),
  ];
}

/** Two tensors of one shape. */
function twins(tensors: readonly [string, TensorHeader][]): [string, string] {
  for (const [name, { shape }] of tensors) {
    const twin = tensors.find(([other, { shape: same }]) => other !== name && same.join() === shape.join());
    if (twin) return [name, twin[0]];
  }
  throw new Error('The good file must have two tensors of one shape.');
}

function withEmptyTensor({ parts, withParts }: FileForge, name: string): Uint8Array {
  const { length } = parts.data;
  const entry = { dtype: 'F32', shape: [0], data_offsets: [length, length] };
  const header = parts.header.replace('{', `{${JSON.stringify(name)}:${JSON.stringify(entry)},`);
  return withParts({ header });
}

function withNumber({ parts, withParts }: FileForge, value: number): Uint8Array {
  const data = parts.data.slice();
  new DataView(data.buffer).setFloat32(4, value, true);
  return withParts({ data });
}
