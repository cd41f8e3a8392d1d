/** What reaches a stage from another. */
export interface StageInput {
  readonly from: string;
  /**
   * The output of the other; its final state (h, c); its output of the step before; or its output as the target of a
   * loss. Default 'data'.
   */
  readonly kind?: 'data' | 'state' | 'feedback' | 'target';
}

/** One step of a model's data flow, for people. */
export interface Stage {
  /** The name of the layer; its weights' names begin with it. */
  readonly name: string;
  /** What it is, such as `LSTM 64, relu`. */
  readonly what: string;
  /** The shape of its output, the batch axis left out; that of a loss is empty. */
  readonly shape: readonly number[];
  readonly inputs: readonly StageInput[];
}

/** Writes an output's shape, such as `[batch, 30, 4]`. */
export function shapeText({ shape }: Stage): string {
  return shape.length === 0 ? 'scalar' : `[${['batch', ...shape].join(', ')}]`;
}
