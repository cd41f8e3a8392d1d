import type { ConformanceCase } from './conformance-case.ts';
import { goldenCases } from './golden-cases.ts';
import { lstmCases } from './lstm-cases.ts';
export const conformanceCases: readonly ConformanceCase[] = [...lstmCases, ...goldenCases];
