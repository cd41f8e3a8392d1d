/** Distinct steps that are counted one by one; beyond, they are rounded to three digits. */
const MOST_EXACT = 65_536;

/** Counts steps of time, in constant memory. */
export class StepHistogram {
  #counts = new Map<number, number>();
  #rounded = false;
  #total = 0;

  get total(): number {
    return this.#total;
  }

  add(step: number): void {
    const key = this.#rounded ? round(step) : step;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#total++;
    if (!this.#rounded && this.#counts.size > MOST_EXACT) this.#round();
  }

  /** The smallest step that at least the share `q` of all steps do not exceed; NaN if there is none. */
  quantile(q: number): number {
    let seen = 0;
    for (const [step, count] of this.#sorted()) {
      seen += count;
      if (seen >= q * this.#total) return step;
    }
    return Number.NaN;
  }

  /** How many steps are within `[low, high]`. */
  between(low: number, high: number): number {
    let seen = 0;
    for (const [step, count] of this.#counts) if (step >= low && step <= high) seen += count;
    return seen;
  }

  #sorted(): [step: number, count: number][] {
    return [...this.#counts].sort(([a], [b]) => a - b);
  }

  #round(): void {
    const exact = this.#counts;
    this.#counts = new Map();
    this.#rounded = true;
    for (const [step, count] of exact) {
      const key = round(step);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    }
  }
}

function round(step: number): number {
  return Number(step.toPrecision(3));
}
