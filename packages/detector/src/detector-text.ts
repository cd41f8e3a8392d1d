import { RetraceError } from '@retrace/errors';
import { checkScorerState, checkThresholdState } from '@retrace/scoring';
import { checkScalerState, checkWindowSpec, type WindowSpec } from '@retrace/windowing';
import * as z from 'zod/mini';
import type { RowScorerState } from './row-scorer.ts';

/** The metadata key of a detector file that holds its fitted states. */
export const detectorKey = 'retrace.detector';

const count = z.int().check(z.gte(1));
const manifest = z.strictObject({
  format: z.literal('retrace-detector'),
  version: z.literal(1),
  windows: z.strictObject({
    lookback: count,
    stride: z.optional(count),
    // JSON has no Infinity, which is the default: a file without `maxGap` splits at no gap.
    maxGap: z.optional(z.number().check(z.positive())),
    minRows: z.optional(count),
  }),
  scaler: z.unknown(),
  scorer: z.unknown(),
  threshold: z.unknown(),
});

/** Writes fitted states as JSON text; the same states always give the same text. */
export function detectorText({ windows, scaler, scorer, threshold }: RowScorerState): string {
  const { lookback, stride, maxGap, minRows } = windows;
  const finiteGap = maxGap === Infinity ? undefined : maxGap;
  return JSON.stringify({
    format: 'retrace-detector',
    version: 1,
    windows: { lookback, stride, maxGap: finiteGap, minRows },
    scaler,
    scorer,
    threshold,
  });
}

/**
 * Reads fitted states back from the text in a file and checks every one.
 *
 * @throws `RETRACE_DETECTOR_FILE` with the JSON pointer of the first field that is wrong.
 */
export function parseDetectorText(text: string): RowScorerState {
  const result = manifest.safeParse(parseJson(text));
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    throw detectorFileError(`/${path.map(String).join('/')}`, message);
  }
  const { windows, scaler, scorer, threshold } = result.data;
  return {
    windows: checked('/windows', () => windowsOf(windows)),
    scaler: checked('/scaler', () => checkScalerState(scaler)),
    scorer: checked('/scorer', () => checkScorerState(scorer)),
    threshold: checked('/threshold', () => checkThresholdState(threshold)),
  };
}

function windowsOf({ lookback, stride, maxGap, minRows }: z.infer<typeof manifest>['windows']): WindowSpec {
  const spec = {
    lookback,
    ...(stride !== undefined && { stride }),
    ...(maxGap !== undefined && { maxGap }),
    ...(minRows !== undefined && { minRows }),
  };
  checkWindowSpec(spec);
  return spec;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw detectorFileError('/', 'not JSON', cause);
  }
}

function checked<T>(pointer: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    throw detectorFileError(pointer, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function detectorFileError(pointer: string, problem: string, cause?: unknown): RetraceError {
  const message = `The detector file is not valid at ${pointer}: ${problem}`;
  return new RetraceError('RETRACE_DETECTOR_FILE', message, { pointer, problem }, { cause });
}
