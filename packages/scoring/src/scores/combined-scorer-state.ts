import {
  argumentError,
  checkFormat,
  checkKeys,
  checkNumber,
  checkOneOf,
  checkRecord,
  checkState,
} from '@retrace/errors';
import { checkScorerState } from './check-scorer-state.ts';
import type { ScorerState } from './scorer-state.ts';

/** How the scores of several residuals of a row become one. */
export type ScoreCombination = 'mean' | 'product';

/** One of the scores that are combined. */
export interface CombinedPart {
  /** What the part's scores are divided by: their mean over the calibration rows, which makes that 1. */
  readonly scale: number;
  readonly scorer: ScorerState;
}

/** A scorer of rows that have several residuals, such as of a reconstruction and of a prediction: plain JSON. */
export interface CombinedScorerState {
  readonly format: 'retrace-combined-scorer';
  readonly version: 1;
  readonly kind: 'combined';
  readonly by: ScoreCombination;
  /** At least two. */
  readonly parts: readonly CombinedPart[];
}

export const scoreCombinations = ['mean', 'product'] as const;

/** The least scale: the highest score divided by it is still a finite number. */
export const leastScale = 1e-60;

/** The columns of the contributions of a combined scorer: the features of its parts, each once. */
export function combinedFeatures({ parts }: Pick<CombinedScorerState, 'parts'>): readonly string[] {
  return [...new Set(parts.flatMap(({ scorer }) => scorer.features))];
}

/**
 * Returns `value` if it is the state of a combined scorer, such as one read from a file.
 *
 * @throws `RETRACE_UNSUPPORTED_VERSION` if a later release wrote it, `RETRACE_SCORER_STATE` naming the first field
 * that is not what it must be.
 */
export function checkCombinedScorerState(value: unknown): CombinedScorerState {
  return checkState('RETRACE_SCORER_STATE', () => {
    const fields = checkRecord('scorer', value);
    checkFormat('scorer', fields, 'retrace-combined-scorer');
    checkKeys('scorer', fields, ['format', 'version', 'kind', 'by', 'parts']);
    const kind = checkOneOf('scorer.kind', fields.kind, ['combined']);
    const by = checkOneOf('scorer.by', fields.by, scoreCombinations);
    const { parts } = fields;
    if (!Array.isArray(parts) || parts.length < 2) {
      throw argumentError('scorer.parts', 'an array of at least two parts', parts);
    }
    return { format: 'retrace-combined-scorer', version: 1, kind, by, parts: parts.map(checkPart) };
  });
}

function checkPart(value: unknown, index: number): CombinedPart {
  const argument = `scorer.parts[${index}]`;
  const part = checkRecord(argument, value);
  checkKeys(argument, part, ['scale', 'scorer']);
  return {
    scale: checkNumber(`${argument}.scale`, part.scale, { min: leastScale }),
    scorer: checkScorerState(part.scorer),
  };
}
