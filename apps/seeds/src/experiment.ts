import type { Bar } from './bar.ts';

/** One figure of an experiment, measured once a seed. */
export interface Figure {
  readonly metric: string;
  /** What was published, where anything was. */
  readonly published?: number;
  readonly values: readonly number[];
  /** The same figure by Keras, once a seed. */
  readonly keras?: readonly number[];
  /** What the values must show; none where they are shown for their own sake. */
  readonly bars?: readonly Bar[];
}

interface Picture {
  /** The file's name, without `.svg`. */
  readonly name: string;
  readonly svg: string;
  readonly caption: string;
}

export interface Outcome {
  readonly figures: readonly Figure[];
  /** Sentences for the reader of the table. */
  readonly notes?: readonly string[];
  readonly pictures?: readonly Picture[];
}

export interface Experiment {
  /** By which `--only` chooses it. */
  readonly name: string;
  readonly title: string;
  /** How it is set up, in one sentence. */
  readonly setting: string;
  /** How often it is run unless told otherwise. */
  readonly seeds: number;
  /** Whether it needs the folder of real data. */
  readonly needsData?: boolean;
  /** Whether it runs only when it is asked for by name, because it takes long. */
  readonly onDemand?: boolean;
  run(seeds: readonly number[]): Promise<Outcome>;
}
