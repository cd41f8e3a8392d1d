import { isRetraceError, refuseLaterVersion } from '@retrace/errors';
import {
  checkAnomalyOptions,
  checkCombinedScorerState,
  checkScorerState,
  checkThresholdState,
} from '@retrace/scoring';
import { checkScalerState, checkWindowSpec, type WindowSpec } from '@retrace/windowing';
import * as z from 'zod/mini';
import { detectorFileError, parseDetectorJson } from './detector-file-error.ts';
import { rowAggregates } from './row-aggregator.ts';
import { partsOf, type RowScorerState } from './row-scorer.ts';
import { scoredOutputs } from './scored-output.ts';

/** The metadata key of a detector file that holds its fitted states. */
export const detectorKey = 'retrace.detector';

const count = z.int().check(z.gte(1));
const manifest = z.strictObject({
  format: z.literal('retrace-detector'),
  version: z.literal(1),
  windows: z.strictObject({
    lookback: count,
    horizon: z.optional(count),
    shift: z.optional(z.int()),
    stride: z.optional(count),
    // JSON has no Infinity, which is the default: a file without `maxGap` splits at no gap.
    maxGap: z.optional(z.number().check(z.positive())),
    minRows: z.optional(count),
  }),
  scaler: z.unknown(),
  outputs: z.optional(z.array(z.enum(scoredOutputs)).check(z.minLength(1))),
  aggregate: z.optional(z.enum(rowAggregates)),
  scorer: z.unknown(),
  threshold: z.unknown(),
  anomalies: z.optional(z.record(z.string(), z.unknown())),
});

/** Writes fitted states as JSON text; the same states always give the same text. */
export function detectorText(state: RowScorerState): string {
  const { windows, scaler, outputs, aggregate, scorer, threshold, anomalies } = state;
  const { lookback, horizon, shift, stride, maxGap, minRows } = windows;
  const finiteGap = maxGap === Infinity ? undefined : maxGap;
  return JSON.stringify({
    format: 'retrace-detector',
    version: 1,
    windows: { lookback, horizon, shift, stride, maxGap: finiteGap, minRows },
    scaler,
    outputs,
    aggregate,
    scorer,
    threshold,
    anomalies,
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
  const { outputs, aggregate } = data;
  const scorer = checked('/scorer', () => scorerOf(data.scorer));
  const threshold = checked('/threshold', () => checkThresholdState(data.threshold));
  const { anomalies } = data;
  if (anomalies) checked('/anomalies', () => checkAnomalyOptions(anomalies));
  checkOutputs(scorer, outputs);
  return {
    windows,
    scaler,
    ...(outputs && { outputs }),
    ...(aggregate && { aggregate }),
    scorer,
    threshold,
    ...(anomalies && { anomalies }),
  };
}

function scorerOf(value: unknown): RowScorerState['scorer'] {
  const isCombined = (value as { kind?: unknown } | null)?.kind === 'combined';
  return isCombined ? checkCombinedScorerState(value) : checkScorerState(value);
}

/** Refuses a scorer that is not of the outputs, a part for each. */
function checkOutputs(
  scorer: RowScorerState['scorer'],
  outputs: RowScorerState['outputs'] = ['reconstruction'],
): void {
  if (new Set(outputs).size < outputs.length)
    throw detectorFileError('/outputs', 'each output once expected');
  const count = partsOf(scorer).length;
  if (count === outputs.length) return;
  throw detectorFileError('/outputs', `${count} expected, as many as are scored`);
}

function windowsOf(windows: z.infer<typeof manifest>['windows']): WindowSpec {
  const { lookback, horizon, shift, stride, maxGap, minRows } = windows;
  const spec = {
    lookback,
    ...(horizon !== undefined && { horizon }),
    ...(shift !== undefined && { shift }),
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
