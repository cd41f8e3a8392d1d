/** What a command writes text to; `process.stdout` is one. */
export interface TextOutput {
  /** Whether it is a terminal. */
  readonly isTTY?: boolean;
  /** The width of the terminal in characters. */
  readonly columns?: number;
  /** Calls `done` once the text is written, with an error where it could not be. */
  write(text: string, done?: (error?: Error | null) => void): unknown;
}
