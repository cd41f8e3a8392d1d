/** One thing a runtime must do right. */
export interface ConformanceCase {
  /** A sentence, unique in the suite. */
  readonly name: string;
  /** Uses the current backend; rejects with `RETRACE_NONCONFORMANT` where the backend does it wrong. */
  run(): Promise<void>;
}
