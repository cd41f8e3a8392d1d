import type { Problem } from './problem.ts';

export type Phase = 'train' | 'infer';

/** A library that can train and run the autoencoder. */
export interface Peer {
  /** As in the table: `wasm`, `pytorch`, `keras`, `tfjs-layers`, `onnxruntime`. */
  readonly name: string;
  readonly version: string;
  readonly threads: number;
  readonly phases: readonly Phase[];
  /** Whether a round of it may be of fewer steps than asked for, lest it takes minutes. */
  readonly slow?: boolean;
  /** Takes a problem's weights and input. */
  load(problem: Problem): Promise<void>;
  /** What the model makes of the input, `[batch, timesteps, features]`. */
  outputs(): Promise<Float32Array>;
  /** Takes so many steps; returns the milliseconds of each. */
  run(phase: Phase, steps: number): Promise<readonly number[]>;
  close(): void;
}
