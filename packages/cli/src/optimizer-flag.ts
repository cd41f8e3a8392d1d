import type { OptimizerSpec } from '@retrace/training';
import { booleanFlag, type FlagParser, numberFlag } from './flag-values.ts';
import { kindFlag } from './kind-flag.ts';

const share = (flag: string): FlagParser<number> => numberFlag(flag, { min: 0, max: 0.9999999 });
const epsilon = (flag: string): FlagParser<number> => numberFlag(flag, { min: 1e-16, max: 1 });
const moments = { beta1: share, beta2: share, epsilon };

/** Reads an optimizer such as `adam` or `sgd:momentum=0.9`, but for its learning rate and weight decay. */
export const parseOptimizer: FlagParser<OptimizerSpec> = kindFlag('--optimizer', {
  adam: moments,
  adamax: moments,
  nadam: moments,
  sgd: { momentum: share, nesterov: booleanFlag },
  rmsprop: { rho: share, momentum: share, centered: booleanFlag, epsilon },
});
