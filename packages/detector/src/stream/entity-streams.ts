import { checkInteger } from '@retrace/errors';
import {
  type RejectedRow,
  type Series,
  type StreamBatch,
  type StreamCounts,
  type StreamRow,
  type WindowStream,
  type WindowStreamState,
  windowStream,
} from '@retrace/windowing';
import { readWindows } from '../read-windows.ts';
import type { RowScorerState } from '../row-scorer.ts';
import type { WindowReader } from '../window-reader.ts';
import { batchPiece } from './batch-piece.ts';
import { type EntityPlan, planEntities } from './entity-plan.ts';
import { EntityScorer, type Found } from './entity-scorer.ts';
import type { StreamRules } from './stream-options.ts';
import { checkStreamState, type PackedEntity } from './stream-state.ts';

/** What became final, and the rows that were not taken. */
export interface Taken extends Found {
  readonly rejected: RejectedRow[];
}

export interface EntityStreamsOptions {
  readonly reader: WindowReader;
  readonly state: RowScorerState;
  /** Windows read at once. */
  readonly batchSize: number;
  readonly rules: StreamRules;
  /** Called after each batch; what it throws ends the work. */
  readonly pace: () => Promise<void>;
}

/** Where all entities of a stream stand. */
export interface EntityStreamsState {
  readonly windows: WindowStreamState;
  readonly entities: readonly PackedEntity[];
}

/** Cuts the windows of all entities, has them read together, and scores each entity's rows. */
export class EntityStreams {
  readonly #options: EntityStreamsOptions;
  readonly #windows: WindowStream;
  readonly #plan: EntityPlan;
  readonly #entities = new Map<string, EntityScorer>();
  /** Those that took rows since they were settled. */
  readonly #touched = new Set<EntityScorer>();

  /** @throws `RETRACE_STREAM_STATE` for a state that is none; `RETRACE_INVALID_ARGUMENT` for wrong rules. */
  constructor(options: EntityStreamsOptions, before?: EntityStreamsState) {
    const { reader, state, rules } = options;
    this.#options = options;
    const fresh = this.#windowsFrom();
    this.#plan = planEntities(reader, state, fresh.spec, rules.anomalies);
    this.#windows = before ? checkStreamState(() => this.#recall(before)) : fresh;
  }

  get counts(): StreamCounts {
    return this.#windows.counts();
  }

  async push(rows: readonly StreamRow[] | Series, taken: Taken): Promise<void> {
    await this.#lay(this.#windows.push(rows), taken);
    for (const entity of this.#touched) entity.settle(taken);
    this.#touched.clear();
  }

  async flush(taken: Taken): Promise<void> {
    await this.#lay(this.#windows.flush(), taken);
    for (const entity of this.#entities.values()) entity.finish(taken);
    this.#touched.clear();
  }

  async forget(time: number, taken: Taken): Promise<void> {
    const batch = this.#windows.forget(time);
    await this.#lay(batch, taken);
    for (const id of batch.forgotten) {
      this.#entities.get(id)?.finish(taken);
      this.#entities.delete(id);
    }
    this.#touched.clear();
  }

  state(): EntityStreamsState {
    const windows = this.#windows.state();
    return { windows, entities: windows.ids.map((id) => this.#entityOf(id).memory()) };
  }

  #windowsFrom(state?: WindowStreamState): WindowStream {
    const { state: fitted, rules } = this.#options;
    return windowStream(
      { ...fitted.windows, anchor: 'both' },
      {
        ...rules.windows,
        features: fitted.scaler.features,
        scaler: fitted.scaler,
        onRow: (row) => {
          const entity = this.#entityOf(row.id);
          entity.take(row);
          this.#touched.add(entity);
        },
        ...(state && { state }),
      },
    );
  }

  #recall({ windows: state, entities }: EntityStreamsState): WindowStream {
    const windows = this.#windowsFrom(state);
    checkInteger('entities.length', entities.length, { min: state.ids.length, max: state.ids.length });
    const perEntity = state.counters.length / state.ids.length;
    for (const [index, id] of state.ids.entries()) {
      const [run, , total] = state.counters.subarray(index * perEntity);
      this.#entities.set(
        id,
        new EntityScorer(this.#plan, id, { run: run!, total: total!, ...entities[index]! }),
      );
    }
    return windows;
  }

  #entityOf(id: string): EntityScorer {
    const known = this.#entities.get(id);
    if (known) return known;
    const entity = new EntityScorer(this.#plan, id);
    this.#entities.set(id, entity);
    return entity;
  }

  /** Reads windows in batches, and lays what is read on the rows of their entities. */
  async #lay(batch: StreamBatch, taken: Taken): Promise<void> {
    const { reader, batchSize, pace } = this.#options;
    for (const row of batch.rejected) taken.rejected.push(row);
    for (let first = 0; first < batch.size; first += batchSize) {
      const size = Math.min(batchSize, batch.size - first);
      const read = await readWindows(reader, batchPiece(batch, first, size), this.#windows.spec);
      for (let index = 0; index < size; index++) {
        const [row, padding] = [batch.rows[first + index]!, batch.padding[first + index]!];
        this.#entities.get(batch.ids[first + index]!)!.lay(read, index, { row, padding });
      }
      await pace();
    }
  }
}
