import type { ConformanceCase } from './conformance-case.ts';
import { denseCases } from './dense-cases.ts';
import { goldenCases } from './golden-cases.ts';
import { identityCases } from './identity-cases.ts';
import { leakCases } from './leak-cases.ts';
import { lossCases } from './loss-cases.ts';
import { lstmCases } from './lstm-cases.ts';
import { normCases } from './norm-cases.ts';

/**
 * What every runtime must pass on its backend before it may call itself one: `lstm`, `lstmStep`, `dense`, the
 * losses and `adamUpdate` against float64, against finite differences and against Keras, and without leaks. The
 * cases need no test framework; run them one after the other with the backend set and `installGradients` called.
 */
export const conformanceCases: readonly ConformanceCase[] = [
  ...lstmCases,
  ...goldenCases,
  ...identityCases,
  ...denseCases,
  ...lossCases,
  ...normCases,
  ...leakCases,
];
