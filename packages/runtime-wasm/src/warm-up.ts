import { dense, lstm, meanSquaredError, repeated, valueAndGradients } from '@retrace/ops';
import {
  dispose,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tidy,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';

/** Enough for V8 to think each kernel worth optimising, and done in some milliseconds. */
const [batch, timesteps, units] = [8, 8, 32];

/**
 * Takes one training step of a small autoencoder on the current backend, so that V8 begins to optimise the kernels
 * while a model is still being made. It starts with code that is some five times slower and never replaces what is
 * running, so a large model's first step, one call a kernel, would else be taken in that code to its end.
 */
export function warmUp(): void {
  const weight = <T>(shape: number[]) => tidy(() => variable(zeros(shape))) as T;
  const layer = () => ({
    kernel: weight<Tensor2D>([units, 4 * units]),
    recurrentKernel: weight<Tensor2D>([units, 4 * units]),
    bias: weight<Tensor1D>([4 * units]),
  });
  const [encoder, decoder, input] = [layer(), layer(), weight<Tensor3D>([batch, timesteps, units])];
  const [kernel, bias] = [weight<Tensor2D>([units, units]), weight<Tensor1D>([units])];
  const weights = [...Object.values(encoder), ...Object.values(decoder), kernel, bias];
  const outcome = valueAndGradients(() => {
    const latent = lstm(input, encoder).output;
    const decoded = lstm(repeated(latent, timesteps), decoder, { returnSequences: true }).output;
    return meanSquaredError(dense(decoded, kernel, bias), input);
  }, weights as never[]);
  dispose([outcome.value, outcome.gradients, weights, input]);
}
