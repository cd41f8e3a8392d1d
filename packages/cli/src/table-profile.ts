import { createScalerFitter, type ScalerFitter, type Series } from '@retrace/windowing';
import { RowSample } from './row-sample.ts';
import { StepHistogram } from './step-histogram.ts';

/** What is known of one feature. */
interface FeatureProfile {
  readonly name: string;
  readonly missing: number;
  /** Of the cells that are there; absent where none is. */
  readonly range?: {
    readonly min: number;
    readonly mean: number;
    readonly deviation: number;
    readonly max: number;
  };
}

/** A step of time much longer than others. */
export interface TimeJump {
  readonly id: string;
  readonly from: number;
  readonly to: number;
}

/** What is known of the rows of some tables. */
export interface TableProfile {
  readonly rows: number;
  readonly entities: {
    readonly count: number;
    readonly rows: { readonly min: number; readonly median: number; readonly max: number };
  };
  readonly time: { readonly from: number; readonly to: number };
  readonly steps: StepHistogram;
  /** Rows at the time of the row before, and before it, within their entity. */
  readonly repeated: number;
  readonly backward: number;
  /** The longest steps forward, the longest first, all longer than the median. */
  readonly longest: readonly TimeJump[];
  readonly features: readonly FeatureProfile[];
  /** Absent where no column has labels. */
  readonly labelled?: number;
  /** Rows of the first entity. */
  readonly sample: RowSample;
  readonly sampled: string;
}

interface EntityState {
  rows: number;
  last: number;
}

const LONGEST = 5;

/** Profiles rows that come in pieces, in memory for its entities, not its rows. */
export class TableProfiler {
  readonly #entities = new Map<string, EntityState>();
  readonly #steps = new StepHistogram();
  readonly #statistics: ScalerFitter = createScalerFitter();
  readonly #sample = new RowSample();
  #sampled: string | undefined;
  #longest: TimeJump[] = [];
  #rows = 0;
  #from = Infinity;
  #to = -Infinity;
  #repeated = 0;
  #backward = 0;
  #labelled: number | undefined;

  /** Takes some rows of one entity, in the order of the file. */
  add(series: Series): void {
    const { id, time, labels } = series;
    this.#statistics.add([series]);
    this.#sampled ??= id;
    if (id === this.#sampled) this.#sample.add(series);
    this.#rows += time.length;
    if (labels) this.#labelled = (this.#labelled ?? 0) + labels.reduce((sum, label) => sum + label, 0);
    const entity = this.#entities.get(id) ?? { rows: 0, last: Number.NaN };
    this.#entities.set(id, entity);
    entity.rows += time.length;
    for (const moment of time) {
      this.#step(id, entity.last, moment);
      entity.last = moment;
      if (moment < this.#from) this.#from = moment;
      if (moment > this.#to) this.#to = moment;
    }
  }

  finish(): TableProfile {
    const counts = Float64Array.from(this.#entities.values(), ({ rows }) => rows).sort();
    const { features, count, origin, mean, squares, min, max } = this.#statistics.statistics();
    return {
      rows: this.#rows,
      entities: {
        count: counts.length,
        rows: { min: counts[0]!, median: counts[counts.length >> 1]!, max: counts.at(-1)! },
      },
      time: { from: this.#from, to: this.#to },
      steps: this.#steps,
      repeated: this.#repeated,
      backward: this.#backward,
      longest: this.#longest.filter(({ from, to }) => to - from > this.#steps.quantile(0.5)),
      features: features.map((name, k) => ({
        name,
        missing: this.#rows - count[k]!,
        ...(count[k]! > 0 && {
          range: {
            min: min[k]!,
            mean: origin[k]! + mean[k]!,
            deviation: Math.sqrt(squares[k]! / count[k]!),
            max: max[k]!,
          },
        }),
      })),
      ...(this.#labelled !== undefined && { labelled: this.#labelled }),
      sample: this.#sample,
      sampled: this.#sampled!,
    };
  }

  #step(id: string, from: number, to: number): void {
    if (Number.isNaN(from)) return;
    const step = to - from;
    if (step < 0) {
      this.#backward++;
      return;
    }
    if (step === 0) this.#repeated++;
    this.#steps.add(step);
    const least = this.#longest.at(-1);
    if (this.#longest.length === LONGEST && step <= least!.to - least!.from) return;
    this.#longest.push({ id, from, to });
    this.#longest.sort((a, b) => b.to - b.from - (a.to - a.from));
    this.#longest.length = Math.min(LONGEST, this.#longest.length);
  }
}
