import { RetraceError } from '@retrace/errors';

/** A format that is now and then given to a reader of safetensors. */
interface ForeignFormat {
  readonly format: string;
  /** To follow the words "looks like". */
  readonly what: string;
  readonly remedy: string;
  /** Whether a file begins as one of this format, by its first bytes and the same as text, a character a byte. */
  readonly matches: (bytes: Uint8Array, text: string) => boolean;
}

const keras =
  '`importKeras` of @retrace/interop reads the weights of a `.keras` or `.weights.h5` file of Keras 3.';

/** In the order of asking: the later ones are less sure of themselves. */
const foreignFormats: readonly ForeignFormat[] = [
  {
    format: 'hdf5',
    what: 'an HDF5 file, such as an `.h5` of Keras',
    remedy: keras,
    matches: startsWith('\x89HDF\r\n\x1a\n'),
  },
  {
    format: 'zip',
    what: 'a zip archive, such as a `.keras` of Keras, or a `.pt` of PyTorch',
    remedy: `${keras} Tensors of PyTorch are written as safetensors by its \`safetensors\` package.`,
    matches: startsWith('PK\x03\x04'),
  },
  {
    format: 'pickle',
    what: 'a Python pickle, such as an old `.pt` of PyTorch',
    remedy:
      'Reading a pickle runs code, so nothing here does. Write it again with the `safetensors` package of Python.',
    matches: ([mark, protocol]) => mark === 0x80 && protocol! >= 2 && protocol! <= 5,
  },
  {
    format: 'onnx',
    what: 'an ONNX model',
    remedy: 'onnxruntime runs it; train or import a model of retrace instead.',
    // A protobuf whose field 1 is a small number, the IR version, and whose next field is the name of a producer or domain.
    matches: ([tag, version, next]) =>
      tag === 0x08 && version! < 0x20 && [0x12, 0x1a, 0x22, 0x3a].includes(next!),
  },
  {
    format: 'numpy',
    what: 'a NumPy array',
    remedy: 'Write it with the `safetensors` package of Python.',
    matches: startsWith('\x93NUMPY'),
  },
  {
    format: 'gzip',
    what: 'a gzip file',
    remedy: 'Unpack it first.',
    matches: startsWith('\x1f\x8b'),
  },
  {
    format: 'tfjs',
    what: 'a `model.json` of TensorFlow.js',
    remedy: '`importLayersModel` of @retrace/interop reads it with the bytes of its weight files.',
    matches: (_, text) => text.trimStart().startsWith('{') && /"(modelTopology|weightsManifest)"/.test(text),
  },
  {
    format: 'html',
    what: 'a web page, as a server sends in place of a missing file',
    remedy: 'Check the address and the status of the response.',
    matches: (_, text) => /^\s*<(!doctype|html|\?xml)/i.test(text.replace('\xef\xbb\xbf', '')),
  },
  {
    format: 'git-lfs',
    what: 'a pointer of Git LFS to the file',
    remedy: 'Fetch the file with `git lfs pull`.',
    matches: startsWith('version https://git-lfs'),
  },
  {
    format: 'json',
    what: 'JSON',
    remedy: 'Read it with `JSON.parse`.',
    matches: (_, text) => /^\s*[{[]/.test(text) && isText(text),
  },
  {
    format: 'text',
    what: 'text, such as CSV',
    remedy: '@retrace/tables reads tables.',
    matches: (_, text) => isText(text),
  },
];

/** The first bytes that are looked at. */
const HEAD = 512;

/**
 * Makes the error of a file of another format, told by its first bytes; undefined where they tell nothing. To be asked
 * only of what is no safetensors file: a header's length may look like anything.
 */
export function foreignFormatError(bytes: Uint8Array): RetraceError | undefined {
  const head = bytes.subarray(0, HEAD);
  const text = String.fromCharCode(...head);
  const found = foreignFormats.find(({ matches }) => matches(head, text));
  if (!found) return undefined;
  const { format, what, remedy } = found;
  const message = `The file is no safetensors file, but looks like ${what}. ${remedy}`;
  return new RetraceError('RETRACE_SAFETENSORS_FOREIGN', message, { format });
}

function startsWith(magic: string): ForeignFormat['matches'] {
  return (_, text) => text.startsWith(magic);
}

/** Whether there is no control character but those of text; bytes beyond ASCII may be of any encoding. */
function isText(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return text.length > 0 && !/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(text);
}
