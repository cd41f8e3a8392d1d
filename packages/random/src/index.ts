export { type DropoutPosition, dropoutMask, uniformAt } from './dropout-mask.ts';
export { createRandom, type MutableArrayLike, type Random, type RandomState } from './random.ts';
