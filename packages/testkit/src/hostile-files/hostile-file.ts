import { type FileParts, joinParts, seal, takeApart } from './sealed-file.ts';

/** A file that a loader must refuse. */
export interface HostileFile {
  /** As in the project's list of bad inputs, such as `C3`. */
  readonly id: string;
  readonly what: string;
  readonly bytes: Uint8Array;
  /** What it must be refused with. */
  readonly code: string;
}

/** What a header says of one tensor. */
export interface TensorHeader {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

// Any JSON at all: a hostile file changes what a sound one holds.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Json = any;

/** A header as an object: tensors by name, and the metadata. */
export type Header = Record<string, TensorHeader> & { __metadata__: Record<string, string> };

/** Makes bad files out of a good one. */
export interface FileForge {
  readonly good: Uint8Array;
  readonly parts: FileParts;
  /** With another header or other data, sealed again. */
  withParts(change: Partial<FileParts>): Uint8Array;
  /** The same, not sealed. */
  unsealed(change: { readonly header?: string | Uint8Array; readonly data?: Uint8Array }): Uint8Array;
  /** With a header that `change` has changed in place, sealed again. */
  withHeader(change: (header: Header) => void): Uint8Array;
  /** With a spec that `change` has changed in place, sealed again. */
  withSpec(change: (spec: Json) => void): Uint8Array;
  /** With other text in the place of the spec's. */
  withSpecText(change: (text: string) => string): Uint8Array;
}

const specKey = 'retrace.model';

export function createForge(good: Uint8Array): FileForge {
  const parts = takeApart(good);
  const withParts: FileForge['withParts'] = (change) => seal({ ...parts, ...change });
  const withHeader: FileForge['withHeader'] = (change) => {
    const header = JSON.parse(parts.header);
    change(header);
    return withParts({ header: JSON.stringify(header) });
  };
  const withSpecText: FileForge['withSpecText'] = (change) =>
    withHeader(({ __metadata__: metadata }) => {
      metadata[specKey] = change(metadata[specKey]!);
    });
  return {
    good,
    parts,
    withParts,
    unsealed: (change) => joinParts({ ...parts, ...change }),
    withHeader,
    withSpecText,
    withSpec: (change) =>
      withSpecText((text) => {
        const spec: Json = JSON.parse(text);
        change(spec);
        return JSON.stringify(spec);
      }),
  };
}

/** The tensors of a header, in the order of their bytes. */
export function tensorsIn(header: Header): [string, TensorHeader][] {
  const entries = Object.entries(header) as [string, TensorHeader][];
  return entries
    .filter(([name]) => name !== '__metadata__')
    .sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
}
