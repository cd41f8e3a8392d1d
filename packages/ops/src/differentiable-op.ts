import { RetraceError } from '@retrace/errors';
import { type NamedTensorMap, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { keepAnother, tapeEngine } from './tape-engine.ts';

/** An operation that computes its own gradient instead of leaving it to the operations it is made of. */
export interface DifferentiableOp {
  name: string;
  /** The tensors the operation may be differentiated by, and those it only reads. No value may be undefined. */
  inputs: NamedTensorMap;
  /**
   * Computes the outputs and, where `recording`, the reserve: what the gradient needs besides the inputs. The
   * reserve is kept until the gradient has been taken and is never an output, since the engine would fill the
   * gradient of an unused output with zeros.
   */
  forward(recording: boolean): { outputs: Tensor[]; reserve: Tensor[] };
  /**
   * Returns, by the name of each input, what computes its gradient. What is shared is computed before returning;
   * a function is called only if that input's gradient is wanted, and everything it makes but its result is
   * freed at once. `inputs` and `reserve` are copies: what `forward` closed over is gone by now.
   */
  gradient(call: {
    outputs: Tensor[];
    inputs: NamedTensorMap;
    reserve: readonly Tensor[];
  }): Record<string, () => Tensor>;
}

/** Runs an operation with its own gradient; returns its outputs. */
export function runDifferentiableOp({ name, inputs, forward, gradient }: DifferentiableOp): Tensor[] {
  const tape = tapeEngine();
  const recording = tape.isTapeOn();
  const names = Object.keys(inputs);
  // The scope is here for its name: the engine takes the caller's scope for the operation's name and would
  // prefer a gradient registered under it, so tidy('Relu', …) around a model would break this operation.
  return tidy(name, () => {
    let saved: readonly Tensor[] = [];
    const outputs = tape.runKernelFunc({
      inputs,
      forwardFunc() {
        const { outputs, reserve } = forward(recording);
        if (recording) saved = [...Object.values(inputs), ...reserve].map(keepAnother);
        return outputs;
      },
      backwardsFunc(gradients) {
        if (tape.isTapeOn()) throw secondOrder(name);
        const kept = Object.fromEntries(names.map((key, index) => [key, saved[index]!]));
        const outputs = Array.isArray(gradients) ? gradients : [gradients];
        return gradient({ outputs, inputs: kept, reserve: saved.slice(names.length) });
      },
    });
    if (recording) tape.state.activeTape!.at(-1)!.saved = saved;
    return outputs;
  });
}

function secondOrder(name: string): RetraceError {
  return new RetraceError(
    'RETRACE_NO_GRADIENT',
    `\`${name}\` has a first gradient only, and the gradient of its gradient was asked for. ` +
      'Take gradients of a loss that holds no gradient itself.',
    { op: name, order: 2 },
  );
}
