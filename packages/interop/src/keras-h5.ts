import { importError } from './import-error.ts';
import type { SourceLayer, SourceWeight } from './source-layer.ts';

/** The part of h5wasm that is used; its own types would reach the caller's. */
interface H5Module {
  readonly ready: Promise<{
    readonly FS: { writeFile(path: string, data: Uint8Array): void; unlink(path: string): void };
    activate_throwing_error_handler(): number;
    deactivate_throwing_error_handler(): number;
  }>;
  readonly File: new (path: string, mode: 'r') => H5File;
}
interface H5File {
  get(path: string): H5Node | null;
  close(): void;
}
interface H5Node {
  readonly type: string;
  readonly shape?: readonly number[];
  readonly value?: unknown;
  readonly attrs: Readonly<Record<string, { readonly value: unknown }>>;
  keys?(): string[];
}

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const lstmKeys = ['kernel', 'recurrentKernel', 'bias'];
let files = 0;

/** Whether bytes begin as an HDF5 file does. */
export function isHdf5(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/**
 * Reads the LSTM and dense layers of Keras 3 weights (`.weights.h5`), in the order Keras numbers them.
 *
 * Keras names a layer's folder for its class and how many of that class came before it (`lstm`, `lstm_1`, …), and
 * keeps its own name as an attribute; weights are numbered in the order in which the layer made them.
 *
 * @throws `RETRACE_IMPORT` if h5wasm is not installed, and for a file that cannot be read or has no layers.
 */
export async function readKerasH5(bytes: Uint8Array): Promise<SourceLayer[]> {
  const h5 = await loadH5wasm();
  const module = await h5.ready;
  const path = `/retrace-${files++}.h5`;
  // Without it HDF5 prints its errors.
  module.activate_throwing_error_handler();
  module.FS.writeFile(path, bytes);
  let file: H5File | undefined;
  try {
    file = new h5.File(path, 'r');
    const layers = file.get('layers')?.keys?.();
    if (!layers) {
      const legacy = file.get('model_weights') !== null;
      throw importError(
        legacy
          ? 'The file is in the old `.h5` format of whole models. Save the model again in Keras 3, as `.keras` or `.weights.h5`.'
          : 'The file is sound HDF5 but holds no `layers`: it is no weights file of Keras 3 (`.weights.h5`).',
        { legacy },
      );
    }
    return layers.sort(byNumber).flatMap((name) => layerOf(file!, name));
  } catch (error) {
    throw (error as { code?: unknown }).code === 'RETRACE_IMPORT' ? error : damagedError(error);
  } finally {
    try {
      file?.close();
    } catch (error) {
      // What cannot be closed was damaged, whatever was found before.
      // biome-ignore lint/correctness/noUnsafeFinally: meant to replace the error that is on its way
      throw damagedError(error);
    } finally {
      module.FS.unlink(path);
      module.deactivate_throwing_error_handler();
    }
  }
}

function damagedError(cause: unknown): Error {
  return importError('The HDF5 file is damaged and cannot be read.', {}, cause);
}

async function loadH5wasm(): Promise<H5Module> {
  try {
    const module = (await import('h5wasm')) as unknown as { default: H5Module };
    return module.default;
  } catch (cause) {
    throw importError(
      'Reading Keras files needs the package h5wasm. Install it: `npm install h5wasm@0.10`.',
      { missing: 'h5wasm' },
      cause,
    );
  }
}

function layerOf(file: H5File, folder: string): SourceLayer[] {
  const name = String(file.get(`layers/${folder}/vars`)?.attrs.name?.value ?? folder);
  const lstm = weightsOf(file, `layers/${folder}/cell/vars`, lstmKeys);
  if (lstm) return [{ name, kind: 'lstm', weights: lstm }];
  const dense =
    weightsOf(file, `layers/${folder}/layer/vars`, ['kernel', 'bias']) ??
    weightsOf(file, `layers/${folder}/vars`, ['kernel', 'bias']);
  return dense ? [{ name, kind: 'dense', weights: dense }] : [];
}

function weightsOf(
  file: H5File,
  folder: string,
  keys: readonly string[],
): ReadonlyMap<string, SourceWeight> | undefined {
  const numbers = file.get(folder)?.keys?.().sort(byNumber) ?? [];
  if (numbers.length === 0) return undefined;
  return new Map(
    numbers.map((number, index) => {
      const path = `${folder}/${number}`;
      const { value, shape } = file.get(path)!;
      if (!(value instanceof Float32Array || value instanceof Float64Array)) {
        throw importError(`'${path}' must hold float32 or float64 numbers.`, { path });
      }
      return [keys[index] ?? number, { path, shape: shape!, data: value }];
    }),
  );
}

/** Sorts `lstm`, `lstm_1`, `lstm_2`, …, `lstm_10` as Keras counts them. */
function byNumber(a: string, b: string): number {
  const [, wordA, numberA] = /^(.*?)(?:_?(\d+))?$/.exec(a)!;
  const [, wordB, numberB] = /^(.*?)(?:_?(\d+))?$/.exec(b)!;
  if (wordA !== wordB) return wordA! < wordB! ? -1 : 1;
  return Number(numberA ?? 0) - Number(numberB ?? 0);
}
