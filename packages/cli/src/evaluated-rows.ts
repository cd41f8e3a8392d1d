import { realpath } from 'node:fs/promises';
import { type Detector, seriesDigest } from '@retrace/detector';
import type { RetraceError } from '@retrace/errors';
import { type Series, slidingWindows } from '@retrace/windowing';
import { commandLineError } from './command-line-error.ts';
import { readForDetector } from './judge-tables.ts';
import { rowCount } from './row-count.ts';
import type { Session } from './session.ts';
import type { TableFlags } from './table-flags.ts';
import { tooFewRows } from './too-few-rows.ts';
import { checkSplit, type SplitRows, splitOf, splitRows, type TrainingSplit } from './training-split.ts';

/** The flags that decide which rows are evaluated, and which baselines are fitted on. */
export interface EvaluatedRowsFlags extends TableFlags {
  readonly label: string;
  readonly against?: readonly string[];
  readonly train?: number;
  readonly calibration?: number;
}

/** What some rows are to those that a detector was fitted on; 'unknown' where its file does not tell. */
type RowIdentity = 'same' | 'other' | 'unknown';

/** The rows that baselines are fitted on. */
export interface FittingRows extends Pick<SplitRows, 'train' | 'calibration'> {
  readonly identity: { readonly train: RowIdentity; readonly calibration: RowIdentity };
}

export interface EvaluatedRows {
  readonly test: readonly Series[];
  /** Absent without `--against`. */
  readonly fitting?: FittingRows;
}

/**
 * Reads the rows to evaluate a detector on, and those to fit baselines on, split as the detector's own were. Where both are
 * of the same tables, the rows that neither trained nor calibrated are evaluated.
 *
 * @throws `RETRACE_COMMAND_LINE` for tables of which only some are given to both, and where no rows are left;
 *   `RETRACE_TOO_FEW_WINDOWS` or `RETRACE_NO_CALIBRATION` for rows to fit on that are too few for a window; what
 *   `readForDetector` throws.
 */
export async function evaluatedRows(
  detector: Detector,
  tables: readonly string[],
  flags: EvaluatedRowsFlags,
  session: Pick<Session, 'signal' | 'warn'>,
): Promise<EvaluatedRows> {
  const { against, label } = flags;
  const kept = splitOf(detector.metadata);
  const { train = kept?.train ?? 0.6, calibration = kept?.calibration ?? 0.2 } = flags;
  const column = kept ? kept.label : label;
  const split = { train, calibration, ...(column !== undefined && { label: column }) };
  checkSplit(split);
  const isSame = against !== undefined && (await areSame(tables, against));
  const judged = await readForDetector(detector, tables, flags, session);
  if (!against) {
    warnTrainedOn(detector, splitRows(judged, split), session.warn);
    return { test: judged };
  }
  const { label: _, ...unlabelled } = flags;
  const own = column === undefined ? unlabelled : { ...flags, label: column };
  const rows = splitRows(isSame ? judged : await readForDetector(detector, against, own, session), split);
  if (isSame && rows.test.length === 0) throw noneLeft(split);
  checkWindows(detector, rows);
  const fitting = { ...rows, identity: identityOf(detector, rows) };
  warnOther(detector, fitting, session.warn);
  return { test: isSame ? rows.test : judged, fitting };
}

async function areSame(tables: readonly string[], against: readonly string[]): Promise<boolean> {
  const real = (path: string): Promise<string> => realpath(path).catch(() => path);
  const judged = new Set(await Promise.all(tables.map(real)));
  const shared = (await Promise.all(against.map(real))).filter((path) => judged.has(path));
  if (shared.length === 0) return false;
  if (shared.length === against.length && judged.size === against.length) return true;
  throw commandLineError(
    `The table ${shared[0]} is given to be evaluated and to \`against\`, others are not. Give the same tables to both, to ` +
      'evaluate the rows that were not trained on, or none.',
    { file: shared[0] },
  );
}

function noneLeft({ train, calibration }: TrainingSplit): RetraceError {
  return commandLineError(
    `All rows were trained or calibrated on (\`--train\` ${train}, \`--calibration\` ${calibration}), so that none is left to ` +
      'evaluate. Give other tables than those of `against`.',
  );
}

function checkWindows({ state }: Detector, { train, calibration }: SplitRows): void {
  const { windows: spec, scaler } = state;
  const holds = (part: readonly Series[]): boolean =>
    part.length > 0 && slidingWindows(part, spec, { scaler }).length > 0;
  if (!holds(train)) throw tooFewRows('train', train, spec);
  if (!holds(calibration)) throw tooFewRows('calibrate', calibration, spec);
}

function identityOf(
  { provenance }: Detector,
  { train, calibration }: Pick<SplitRows, 'train' | 'calibration'>,
): FittingRows['identity'] {
  const compare = (rows: readonly Series[], known: string | undefined): RowIdentity => {
    if (known === undefined) return 'unknown';
    return seriesDigest(rows).sha256 === known ? 'same' : 'other';
  };
  return {
    train: compare(train, provenance.training?.data?.sha256),
    calibration: compare(calibration, provenance.calibration.sha256),
  };
}

function warnTrainedOn(detector: Detector, rows: SplitRows, warn: Session['warn']): void {
  if (identityOf(detector, rows).train === 'same')
    warn(
      'The detector was trained on rows of these tables, which flatter it. Give them to `against` too: then only the rows ' +
        'left for testing are evaluated.',
    );
}

function warnOther(
  { provenance }: Detector,
  { train, calibration, identity }: FittingRows,
  warn: Session['warn'],
): void {
  for (const [purpose, rows, known] of [
    ['train', train, provenance.training?.data],
    ['calibration', calibration, provenance.calibration],
  ] as const) {
    if (identity[purpose] !== 'other') continue;
    warn(
      `The baselines are ${purpose === 'train' ? 'trained' : 'calibrated'} on other rows than the detector: ${rowCount(rows)} ` +
        `rows, not the ${known!.rows} of its file. Give \`against\` the tables it was trained on, and the same flags.`,
    );
  }
}
