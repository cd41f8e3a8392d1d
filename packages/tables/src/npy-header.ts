import { tableError } from './table-error.ts';

type NumberArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array;

/** How the numbers of a `.npy` file lie in it. */
export interface NpyHeader {
  readonly rows: number;
  readonly columns: number;
  /** Whether the columns lie one after the other, instead of the rows. */
  readonly columnMajor: boolean;
  readonly bigEndian: boolean;
  readonly bytesPerElement: number;
  /** Views the bytes of whole, aligned, little-endian elements as numbers. */
  readonly view: (bytes: Uint8Array<ArrayBuffer>) => NumberArray;
}

const VIEWS: Readonly<Record<string, new (buffer: ArrayBuffer) => NumberArray>> = {
  f4: Float32Array,
  f8: Float64Array,
  i1: Int8Array,
  i2: Int16Array,
  i4: Int32Array,
  i8: BigInt64Array,
  b1: Uint8Array,
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
  u8: BigUint64Array,
};

const DESCRIPTOR = /'descr': *'([<>|=]?)([a-zA-Z]\d*)([^']*)'/;
const SHAPE = /'shape': *\(([\d, ]*)\)/;
const ORDER = /'fortran_order': *(True|False)/;

/**
 * Reads the dictionary at the head of a `.npy` file
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * @throws `RETRACE_TABLE_FORMAT` for anything but a one- or two-dimensional array of real numbers.
 */
export function parseNpyHeader(file: string, text: string): NpyHeader {
  const refuse = (message: string): never => {
    throw tableError('RETRACE_TABLE_FORMAT', { file }, message, { format: 'a NumPy array (.npy)' });
  };
  const descriptor = DESCRIPTOR.exec(text);
  const order = ORDER.exec(text);
  const shape = SHAPE.exec(text);
  if (!descriptor) {
    if (/'descr': *\[/.test(text))
      refuse(
        'The array is structured: it has fields. Save it as CSV or Parquet, with a column for each field.',
      );
    refuse('The header of the array is damaged. Save it again with `numpy.save`.');
  }
  const [, byteOrder, kind, rest] = descriptor!;
  if (kind === 'O')
    refuse('The array holds pickled objects, which may run code. Convert it with `.astype(float)`.');
  const View = rest === '' && kind !== undefined && Object.hasOwn(VIEWS, kind) ? VIEWS[kind] : undefined;
  if (!View)
    refuse(
      `The array is of type ${descriptor![0].slice(9)}, not of real numbers. Convert it with \`.astype(float)\`.`,
    );
  if (!order || !shape) refuse('The header of the array is damaged. Save it again with `numpy.save`.');
  const sizes = shape![1]!.split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]));
  if (sizes.length !== 1 && sizes.length !== 2) {
    const remedy =
      sizes.length === 3
        ? 'If it holds windows, [windows, timesteps, features], give its numbers to `arrayWindows` of @retrace/windowing.'
        : 'Reshape it to [rows, features].';
    refuse(`The array has ${sizes.length} dimensions, a table one or two. ${remedy}`);
  }
  if (sizes[1] === 0) refuse('The array has no columns. Save one that has.');
  return {
    rows: sizes[0]!,
    columns: sizes[1] ?? 1,
    columnMajor: order![1] === 'True',
    bigEndian: byteOrder === '>',
    bytesPerElement: Number(kind!.slice(1)),
    view: (bytes) => new View!(bytes.buffer),
  };
}
