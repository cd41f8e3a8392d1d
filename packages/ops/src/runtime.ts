// An entry of its own: its types need none of tfjs-core's, which do not check without skipLibCheck.

/** A started tfjs backend with the kernels of this family; what `startWasm` and its like return. */
export interface Runtime {
  readonly name: 'wasm' | 'tensorflow' | 'webgpu' | 'cpu';
  /** What it runs on, in words for people, such as `WebAssembly, SIMD, 1 thread`. */
  readonly device: string;
  /** Shuts the backend down; every tensor of it is lost. A second call does nothing. */
  dispose(): void;
}
