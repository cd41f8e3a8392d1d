import { argumentError, checkNumber } from '@retrace/errors';
import {
  type Alarm,
  type Anomaly,
  type AnomalyStream,
  anomalyStream,
  isConstantThreshold,
  type ScoreStream,
} from '@retrace/scoring';
import type { TakenRow } from '@retrace/windowing';
import { createOutputAggregator, type OutputAggregator, type WindowPlace } from '../output-aggregator.ts';
import type { OutputValues } from '../window-reader.ts';
import { type EntityMemory, type NumberReader, numberReader } from './entity-memory.ts';
import { type EntityPlan, type PlannedOutput, pendingColumns, readPending } from './entity-plan.ts';
import { PendingRows } from './pending-rows.ts';
import type { ScoredRow } from './scored-row.ts';

/** What has become final, in order. */
export interface Found {
  readonly scores: ScoredRow[];
  readonly anomalies: Anomaly[];
}

/** The values of an output, and the logarithms of its variances where those are scored. */
interface Aggregators {
  readonly drawn: OutputAggregator;
  readonly spread: OutputAggregator | undefined;
}

const { time: TIME, startsRun: STARTS_RUN, coverage: COVERAGE, actual: ACTUAL } = pendingColumns;

/** Scores the rows of one entity while they come, and the windows that they complete. */
export class EntityScorer {
  readonly #plan: EntityPlan;
  readonly #id: string;
  readonly #outputs: readonly Aggregators[];
  readonly #rows: PendingRows;
  readonly #scores: ScoreStream;
  readonly #alarm: Alarm;
  readonly #anomalies: AnomalyStream;
  /** The first row of the run that goes on. */
  #runStart: number;

  /** @throws `RETRACE_INVALID_ARGUMENT`, or what else a part of it is refused with, for a memory that is none. */
  constructor(plan: EntityPlan, id: string, memory?: EntityMemory) {
    const { run = 0, total = 0, scores, alarm, anomalies } = memory ?? {};
    this.#plan = plan;
    this.#id = id;
    this.#runStart = total - run;
    const numbers = memory && numberReader(memory.numbers);
    this.#outputs = plan.outputs.map((planned) => this.#aggregatorsOf(planned, numbers));
    this.#rows = this.#recallRows(total, numbers);
    this.#scores = plan.scores.open({ entity: id, ...(scores && { state: scores }) });
    this.#alarm = plan.alarm(alarm);
    const { features } = plan.scores;
    this.#anomalies = anomalyStream({
      id,
      features,
      ...plan.anomalies,
      ...(anomalies && { state: anomalies }),
    });
    const { rows } = this.#anomalies.state();
    if (rows !== this.#rows.first)
      throw argumentError('anomalies.rows', `${this.#rows.first}, the rows scored`, rows);
  }

  /** Takes the next row, which waits until `settle` or `finish` scores it. */
  take({ row, startsRun, time, values, observed }: TakenRow): void {
    const cells = this.#rows.add();
    cells[TIME] = time;
    cells[STARTS_RUN] = Number(startsRun);
    cells[COVERAGE] = 0;
    for (let k = 0; k < values.length; k++) if (observed?.[k] !== 0) cells[ACTUAL + k] = values[k]!;
    if (startsRun) this.#runStart = row;
  }

  /** Lays window `index` of what was read on the rows taken; windows come in order of their place. */
  lay(read: readonly OutputValues[], index: number, place: WindowPlace): void {
    for (const [k, { drawn, spread }] of this.#outputs.entries()) {
      drawn.add(read[k]!.values, index, place);
      spread?.add(read[k]!.logVariance!, index, place);
    }
  }

  /** Scores the rows that no later window covers, once the windows that end with the last row have been laid. */
  settle(found: Found): void {
    const reach = this.#reach(this.#rows.end);
    for (const { drawn, spread } of this.#outputs) {
      drawn.settle(reach);
      spread?.settle(reach);
    }
    const settled = this.#settled(this.#rows.end);
    for (; this.#rows.first < this.#rows.end; this.#rows.first++) {
      const cells = this.#rows.row(this.#rows.first);
      if (cells[STARTS_RUN] === 1) this.#endRun(found);
      if (this.#rows.first >= settled) return;
      this.#score(cells, found);
    }
  }

  /** Scores all rows, and ends the run. */
  finish(found: Found): void {
    this.#runStart = this.#rows.end;
    this.settle(found);
    this.#endRun(found);
  }

  /** What to go on from, besides where its windows stand. */
  memory(): Omit<EntityMemory, 'run' | 'total'> {
    const numbers: number[] = [];
    // One by one: a list may be longer than a call may have arguments.
    const put = (list: Iterable<number>) => {
      for (const number of list) numbers.push(number);
    };
    for (const { drawn, spread } of this.#outputs) {
      for (const aggregator of spread ? [drawn, spread] : [drawn]) {
        const own = aggregator.memory();
        numbers.push(own.length);
        put(own);
      }
    }
    for (let row = this.#rows.first; row < this.#rows.end; row++) put(this.#rows.row(row));
    const alarm = this.#alarm.state();
    return {
      numbers,
      scores: this.#scores.state(),
      ...(!isConstantThreshold(alarm) && { alarm }),
      anomalies: this.#anomalies.state(),
    };
  }

  /** The row at which every later window begins, or after, where rows up to `end` have been taken. */
  #reach(end: number): number {
    return Math.max(this.#runStart, end - this.#plan.span);
  }

  /** The row before which all can be scored. */
  #settled(end: number): number {
    return Math.max(this.#reach(end), Math.min(...this.#outputs.map(({ drawn }) => drawn.settled())));
  }

  #score(cells: Float64Array, found: Found): void {
    const { features, unscale } = this.#plan;
    const { time, coverage, residuals, drawn } = readPending(this.#plan, cells);
    const { score, contributions } = this.#scores.push(residuals);
    const { threshold, above } = this.#alarm.push(score);
    found.scores.push({
      id: this.#id,
      row: this.#rows.first,
      time,
      score,
      contributions,
      reconstruction: drawn ? unscale(drawn, this.#id) : new Float64Array(features).fill(Number.NaN),
      coverage,
      threshold,
      above,
    });
    const anomaly = this.#anomalies.push({ time, score, threshold, above, contributions });
    if (anomaly) found.anomalies.push(anomaly);
  }

  #endRun(found: Found): void {
    this.#scores.restart();
    const anomaly = this.#anomalies.restart();
    if (anomaly) found.anomalies.push(anomaly);
  }

  #aggregatorsOf({ output, at, spread }: PlannedOutput, numbers: NumberReader | undefined): Aggregators {
    const { spec, aggregate } = this.#plan;
    const aggregatorAt = (from: number) => {
      const give = (row: number, values: Float64Array, coverage: number) => {
        const cells = this.#rows.row(row);
        cells.set(values, from);
        cells[COVERAGE] = Math.max(cells[COVERAGE]!, coverage);
      };
      return createOutputAggregator(output, spec, aggregate, give, numbers && [...numbers.takeList()]);
    };
    const drawn = aggregatorAt(at);
    return { drawn, spread: spread ? aggregatorAt(at + output.columns.length) : undefined };
  }

  /** The rows that wait: those up to `total` that are not settled. */
  #recallRows(total: number, numbers: NumberReader | undefined): PendingRows {
    const first = this.#settled(total);
    const rows = new PendingRows(this.#plan.width, first);
    while (rows.end < total) {
      const cells = numbers!.take(this.#plan.width);
      checkNumber('time', cells[TIME]);
      rows.add().set(cells);
    }
    numbers?.end();
    return rows;
  }
}
