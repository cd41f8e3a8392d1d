import { checkOneOf } from '@retrace/errors';
import {
  type Alarm,
  type AnomalyOptions,
  checkAnomalyOptions,
  createAlarm,
  isConstantThreshold,
  type ScoreStreams,
  scoreStreams,
  type ThresholdState,
} from '@retrace/scoring';
import { unscaler, type WindowSpec } from '@retrace/windowing';
import { outputResiduals } from '../output-residuals.ts';
import type { RowAggregate } from '../row-aggregator.ts';
import { partsOf, type RowScorerState } from '../row-scorer.ts';
import type { ReaderOutput, WindowReader } from '../window-reader.ts';

/** An output of the reader, and where its values of a row that waits are: those drawn, then the logarithms of variances. */
export interface PlannedOutput {
  readonly output: ReaderOutput;
  readonly at: number;
  /** Whether the variances are scored too. */
  readonly spread: boolean;
}

/** What the scoring of all entities of a stream has in common. */
export interface EntityPlan {
  readonly spec: Required<WindowSpec>;
  /** The rows that a window spans: none later reaches further back. */
  readonly span: number;
  readonly outputs: readonly PlannedOutput[];
  readonly aggregate: RowAggregate | undefined;
  /** Features of a row. */
  readonly features: number;
  /** Numbers of a row that waits. */
  readonly width: number;
  readonly scores: ScoreStreams;
  /** Opens the threshold of an entity; of one level, it is the same for all. */
  readonly alarm: (state?: ThresholdState) => Alarm;
  readonly anomalies: AnomalyOptions;
  readonly unscale: (values: Float64Array, id: string) => Float64Array;
}

/** The numbers of a row that waits: these three, its scaled features, and what outputs say of it. */
export const pendingColumns = { time: 0, startsRun: 1, coverage: 2, actual: 3 } as const;

/** Prepares what is scored of the rows of each entity. */
export function planEntities(
  reader: WindowReader,
  { scaler, aggregate, scorer, threshold, anomalies: fitted }: RowScorerState,
  spec: Required<WindowSpec>,
  anomalies: AnomalyOptions,
): EntityPlan {
  const features = scaler.features.length;
  const kinds = partsOf(scorer).map(({ kind }) => kind);
  let width = pendingColumns.actual + features;
  const outputs = reader.outputs.map((output, k) => {
    const planned = { output, at: width, spread: kinds[k] === 'likelihood' };
    width += output.columns.length * (planned.spread ? 2 : 1);
    return planned;
  });
  const shared = isConstantThreshold(threshold) ? createAlarm(threshold) : undefined;
  const { lookback, horizon, shift } = spec;
  return {
    spec,
    span: lookback + Math.max(0, horizon > 0 ? shift + horizon : 0),
    outputs,
    aggregate,
    features,
    width,
    scores: scoreStreams(scorer),
    alarm(state = threshold) {
      checkOneOf('alarm.kind', state.kind, [threshold.kind]);
      return shared ?? createAlarm(state);
    },
    anomalies: checkAnomalyOptions({ ...fitted, ...anomalies }),
    unscale: unscaler(scaler),
  };
}

/** What a row that waits is scored by, once all outputs have said what they say of it. */
export interface PendingRow {
  readonly time: number;
  readonly coverage: number;
  /** Of each output, `[columns]`. */
  readonly residuals: readonly Float64Array[];
  /** `[features]`, scaled, as the first output that draws the row does. Absent: none does. */
  readonly drawn: Float64Array | undefined;
}

/** Reads the numbers of a row that waits. */
export function readPending({ outputs, features }: EntityPlan, cells: Float64Array): PendingRow {
  const { time, coverage, actual: at } = pendingColumns;
  const actual = cells.subarray(at, at + features);
  const values = outputs.map(({ output, at: from }) => cells.subarray(from, from + output.columns.length));
  const residuals = outputs.map(({ output, at: from, spread }, k) => {
    const logsAt = from + output.columns.length;
    const logs = spread ? cells.subarray(logsAt, logsAt + output.columns.length) : undefined;
    return outputResiduals(output, actual, values[k]!, logs);
  });
  const drawn = values.find((_, k) => outputs[k]!.output.rows !== 'window');
  return { time: cells[time]!, coverage: cells[coverage]!, residuals, drawn };
}
