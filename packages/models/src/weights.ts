import type { Tensor } from '@tensorflow/tfjs-core';

/** Finds a weight of a model by its name. */
export type Weights = <T extends Tensor>(name: string) => T;
