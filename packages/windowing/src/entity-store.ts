/** What the entities of a page stand at, `[entities]` each, and their latest rows in rings. */
export interface EntityPage {
  /** Rows in the run that goes on. */
  readonly run: Float64Array;
  /** The row of that run at which the next window starts. */
  readonly next: Float64Array;
  /** Rows so far, in all runs. */
  readonly total: Float64Array;
  /** The time of the last row, `-Infinity` before the first. */
  readonly last: Float64Array;
  /** The latest time of any row, also of those that wait. */
  readonly newest: Float64Array;
  /** `[entities, rows, features]`, 0 where missing. */
  readonly values: Float32Array;
  /** `[entities, rows]`. */
  readonly times: Float64Array;
  /** `[entities, rows, features]`, 0 where missing. There once a cell was. */
  observed?: Uint8Array;
  /** `[entities, rows]`. There once a row had one. */
  labels?: Uint8Array;
}

/** A row of an entity, checked and scaled. */
export interface PreparedRow {
  readonly time: number;
  /** `[features]`, 0 where missing; in float64, to be rounded once. */
  readonly values: Float64Array;
  /** `[features]`, 0 where missing. Absent: none is. */
  readonly observed?: Uint8Array | undefined;
  /** Absent: not known. */
  readonly label?: number | undefined;
}

/** Values per page: few enough to waste, and a million entities are in few arrays. */
const PAGE_VALUES = 2 ** 18;

/** Keeps the latest rows of entities in pages of typed arrays: no object for each, and growing copies nothing. */
export class EntityStore {
  /** Rows per ring. */
  readonly rows: number;
  readonly features: number;
  /** Entities per page. */
  readonly perPage: number;
  /** The slot of each entity: number `slot % perPage` of its page. */
  readonly slots: Map<string, number> = new Map();
  /** `[slots]`, undefined where one is free. */
  readonly ids: (string | undefined)[] = [];
  readonly #pages: EntityPage[] = [];
  readonly #free: number[] = [];

  constructor(rows: number, features: number) {
    this.rows = rows;
    this.features = features;
    this.perPage = Math.max(1, Math.min(1024, Math.floor(PAGE_VALUES / (rows * features))));
  }

  pageOf(slot: number): EntityPage {
    return this.#pages[Math.floor(slot / this.perPage)]!;
  }

  /** Gives an entity a slot. */
  add(id: string): number {
    const slot = this.#free.pop() ?? this.ids.length;
    if (Math.floor(slot / this.perPage) === this.#pages.length) this.#pages.push(this.#newPage());
    this.ids[slot] = id;
    this.slots.set(id, slot);
    const { run, next, total, last, newest } = this.pageOf(slot);
    const at = slot % this.perPage;
    run[at] = next[at] = total[at] = 0;
    last[at] = newest[at] = -Infinity;
    return slot;
  }

  remove(slot: number): void {
    this.slots.delete(this.ids[slot]!);
    this.ids[slot] = undefined;
    this.#free.push(slot);
  }

  /** Writes row `row` of the run of an entity over the oldest in its ring. */
  write(slot: number, row: number, { time, values, observed, label }: PreparedRow): void {
    const { rows, features, perPage } = this;
    const page = this.pageOf(slot);
    const place = (slot % perPage) * rows + (row % rows);
    page.times[place] = time;
    page.values.set(values, place * features);
    if (observed) page.observed ??= new Uint8Array(perPage * rows * features).fill(1);
    if (page.observed && observed) page.observed.set(observed, place * features);
    else page.observed?.fill(1, place * features, (place + 1) * features);
    if (label !== undefined) page.labels ??= new Uint8Array(perPage * rows);
    if (page.labels) page.labels[place] = label ?? 0;
  }

  #newPage(): EntityPage {
    const column = () => new Float64Array(this.perPage);
    return {
      run: column(),
      next: column(),
      total: column(),
      last: column(),
      newest: column(),
      values: new Float32Array(this.perPage * this.rows * this.features),
      times: new Float64Array(this.perPage * this.rows),
    };
  }
}
