import { plain, plainShared, relaxed, relaxedShared } from '#kernels';

/** What assembly/index.ts exports. Pointers are offsets into the memory it was instantiated with. */
export interface KernelExports {
  /** Where memory is free for others. */
  readonly heapStart: WebAssembly.Global;
  writeConstants(): void;
  run(code: number, job: number, threads: number): void;
  stop(): void;
  lastJob(): number;
  letMainSleep(may: boolean): void;
  reserveBytes(job: number): number;
  forwardScratchBytes(job: number): number;
  backwardScratchBytes(job: number, threads: number): number;
  inputGradientScratchBytes(job: number, threads: number): number;
  productScratchBytes(job: number, threads: number): number;
  lossPartialsBytes(count: number): number;
  activateAll(kind: number, x: number, count: number, out: number): void;
  /** Returns the operations of that many rounds. */
  registerPeak(rounds: number, out: number): number;
  tilePanels(a: number, b: number, depth: number, panels: number, out: number): void;
}

/** The numbers of the jobs in assembly/index.ts. */
export const jobCodes = {
  lstmForward: 0,
  lstmBackward: 1,
  lstmInputGradient: 2,
  product: 3,
  adam: 4,
  loss: 5,
  lossGradient: 6,
  squares: 7,
} as const;

/** The name of a job. */
export type JobName = keyof typeof jobCodes;

/** The instructions a build of the kernels uses. */
export type Instructions = 'SIMD' | 'relaxed SIMD';

export interface KernelBuild {
  readonly instructions: Instructions;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
}

const pageBytes = 65536;
/** 16 MiB to begin with: V8 reserves the address space of the maximum anyhow. */
const initialPages = 256;

/**
 * Compiles the best build this engine takes.
 *
 * @param shared Whether the memory is to be shared between threads.
 * @param only Takes no other instructions than these.
 * @throws `Error` where the engine has no SIMD, or not the instructions asked for.
 */
export async function compileKernels(shared: boolean, only?: Instructions): Promise<KernelBuild> {
  for (const [instructions, encoded] of [
    ['relaxed SIMD', shared ? relaxedShared : relaxed],
    ['SIMD', shared ? plainShared : plain],
  ] as const) {
    if (only !== undefined && only !== instructions) continue;
    const bytes = decode(encoded);
    if (!WebAssembly.validate(bytes)) continue;
    return { instructions, module: await WebAssembly.compile(bytes), memory: createMemory(shared) };
  }
  throw new Error(`this engine's WebAssembly has no ${only ?? 'SIMD'}`);
}

/** Whether this engine runs the kernels at all. */
export function hasSimd(): boolean {
  return typeof WebAssembly === 'object' && WebAssembly.validate(decode(plain));
}

function decode(encoded: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
}

/** Instantiates the kernels on this thread, ready to run. */
export async function instantiateKernels({ module, memory }: KernelBuild): Promise<KernelExports> {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const kernels = exports as unknown as KernelExports;
  kernels.writeConstants();
  return kernels;
}

/** A memory that may grow as far as the platform lets it: 4 GiB, and less where so much address space is not to be had. */
function createMemory(shared: boolean): WebAssembly.Memory {
  for (let maximum = 65536; ; maximum /= 2) {
    try {
      return new WebAssembly.Memory({ initial: initialPages, maximum, shared });
    } catch (error) {
      if (maximum <= 4 * initialPages) throw error;
    }
  }
}

/** Grows a memory to at least that many bytes. */
export function growTo(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / pageBytes));
}
