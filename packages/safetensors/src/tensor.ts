/** The array that holds the elements of each dtype; `BOOL` is 0 and 1 in bytes. */
export interface TensorData {
  F64: Float64Array;
  F32: Float32Array;
  I64: BigInt64Array;
  I32: Int32Array;
  I16: Int16Array;
  I8: Int8Array;
  U64: BigUint64Array;
  U32: Uint32Array;
  U16: Uint16Array;
  U8: Uint8Array;
  BOOL: Uint8Array;
}

export type Dtype = keyof TensorData;

/** A named array of a file: `data` holds the product of `shape` elements, the last axis fastest. */
export type Tensor = {
  [D in Dtype]: { readonly dtype: D; readonly shape: readonly number[]; readonly data: TensorData[D] };
}[Dtype];

interface ArrayConstructor<D extends Dtype> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBuffer): TensorData[D];
}

/** The typed array of each dtype. */
export const tensorArrays: { readonly [D in Dtype]: ArrayConstructor<D> } = {
  U64: BigUint64Array,
  I64: BigInt64Array,
  F64: Float64Array,
  F32: Float32Array,
  U32: Uint32Array,
  I32: Int32Array,
  U16: Uint16Array,
  I16: Int16Array,
  I8: Int8Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
};

/** The dtypes, in the order in which a file holds them: that of the reference implementation. */
export const dtypes: readonly Dtype[] = Object.keys(tensorArrays) as Dtype[];

/** Returns the number of elements of a shape, or undefined where it is beyond exact integers at any axis. */
export function elementCount(shape: readonly number[]): number | undefined {
  let count = 1;
  for (const size of shape) {
    count *= size;
    if (!Number.isSafeInteger(count)) return undefined;
  }
  return count;
}
