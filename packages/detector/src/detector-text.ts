import { isRetraceError, refuseLaterVersion } from '@retrace/errors';
import { checkScorerState, checkThresholdState } from '@retrace/scoring';
import { checkScalerState, checkWindowSpec, type WindowSpec } from '@retrace/windowing';
import * as z from 'zod/mini';
import { detectorFileError, parseDetectorJson } from './detector-file-error.ts';
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
 * @throws `RETRACE_DETECTOR_FILE` with the JSON pointer of the first field that is wrong; `RETRACE_UNSUPPORTED_VERSION`
 * for states of a later release.
 */
export function parseDetectorText(text: string): RowScorerState {
  const value = parseDetectorJson(text, '/');
  refuseLaterVersion('detector.version', (value as { version?: unknown } | null)?.version);
  const result = manifest.safeParse(value);
  if (!result.success) {
    const { path, message } = result.error.issues[0]!;
    throw detectorFileError(`/${path.map(String).join('/')}`, message);
  }
  const { data } = result;
  const windows = checked('/windows', () => windowsOf(data.windows));
  const scaler = checked('/scaler', () => checkScalerState(data.scaler));
  const scorer = checked('/scorer', () => checkScorerState(data.scorer));
  const threshold = checked('/threshold', () => checkThresholdState(data.threshold));
  const { length } = scaler.features;
  if (scorer.features.length !== length || scorer.features.some((name, i) => name !== scaler.features[i])) {
    throw detectorFileError('/scorer/features', 'they are not those of the scaler');
  }
  return { windows, scaler, scorer, threshold };
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

function checked<T>(pointer: string, check: () => T): T {
  try {
    return check();
  } catch (cause) {
    if (isRetraceError(cause, 'RETRACE_UNSUPPORTED_VERSION')) throw cause;
    throw detectorFileError(pointer, cause instanceof Error ? cause.message : String(cause), cause);
  }
}
