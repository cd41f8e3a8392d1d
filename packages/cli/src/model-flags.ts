import { composite, latentTarget, type ModelSpec, predict, reconstruct } from '@retrace/models';
import type { LossSpec } from '@retrace/training';
import type { WindowSpec } from '@retrace/windowing';
import type { Command } from 'commander';
import { commandLineError } from './command-line-error.ts';
import { below1, choiceFlag, integerFlag, integersFlag, numberFlag } from './flag-values.ts';
import type { SettledFlags } from './train-flags.ts';

type ModelKind = 'reconstruct' | 'predict' | 'composite' | 'latent-target';

/** The flags that decide the model. */
export interface ModelFlags {
  readonly model: ModelKind;
  readonly horizon?: number;
  readonly shift?: number;
  readonly units?: readonly number[];
  readonly bottleneck?: number;
  readonly decoderUnits?: readonly number[];
  readonly dense?: readonly number[];
  readonly dropout: number;
}

/** The flags that decide which rows a model predicts; a command may have none of them. */
export type PredictedRowsFlags = Partial<Pick<ModelFlags, 'model' | 'horizon' | 'shift'>>;

/** Adds the flags that decide the model. */
export function addModelFlags(command: Command): void {
  command
    .optionsGroup('Model:')
    .option(
      '--model <kind>',
      'reconstruct, predict (the rows that follow), composite (both) or latent-target, see below',
      choiceFlag('--model', ['reconstruct', 'predict', 'composite', 'latent-target']),
      'reconstruct',
    )
    .option('--horizon <rows>', 'that are predicted (default: 1)', integerFlag('--horizon', { min: 1 }))
    .option(
      '--shift <rows>',
      'from the last row in to the first that is predicted, negative to overlap (default: 0)',
      integerFlag('--shift', {}),
    )
    .option(
      '--units <widths>',
      'of the encoder layers, such as 64 or 64,32; the decoder mirrors them (default: suggested)',
      integersFlag('--units', { min: 1 }),
    )
    .option(
      '--bottleneck <units>',
      'of a layer between encoder and decoder (default: none beside --units, else suggested)',
      integerFlag('--bottleneck', { min: 1 }),
    )
    .option(
      '--decoder-units <widths>',
      "of the decoder layers (default: the encoder's, mirrored)",
      integersFlag('--decoder-units', { min: 1 }),
    )
    .option(
      '--dense <widths>',
      "of the relu layers of a latent-target model (default: half the encoder's last)",
      integersFlag('--dense', { min: 1 }),
    )
    .option('--dropout <share>', 'of the outputs of each layer', numberFlag('--dropout', below1), 0);
}

/** The kinds of models that the help of a command tells below its flags. */
export const modelFlagsHelp = `
Models, and what rows are scored by:
  reconstruct    the error of the reconstruction of the windows a row is in
  predict        the error of the prediction of a row from those before it
  composite      both, by one encoder, their scores joined as in AER (Wong et al. 2022)
  latent-target  the error of dense layers that learn to give what the first encoder layer, held
                 fixed, puts out; it blames latent units, not features
With --loss gaussian a model also learns how sure it is, and a row is scored by its likelihood.`;

const predicting: readonly (ModelKind | undefined)[] = ['predict', 'composite'];

/** Throws `RETRACE_COMMAND_LINE` for flags that belong to another model. */
export function checkModelFlags({
  model,
  loss,
  horizon,
  shift,
  dense,
  decoderUnits,
  bottleneck,
}: Partial<ModelFlags> & { readonly loss?: LossSpec }): void {
  const isLatent = model === 'latent-target';
  const refuse = (flag: string, owners: string): void => {
    throw commandLineError(`\`${flag}\` belongs to \`--model ${owners}\`, not to ${model ?? 'reconstruct'}.`);
  };
  if (!predicting.includes(model)) {
    if (horizon !== undefined) refuse('--horizon', 'predict` and `--model composite');
    if (shift !== undefined) refuse('--shift', 'predict` and `--model composite');
  }
  if (dense && !isLatent) refuse('--dense', 'latent-target');
  if (decoderUnits && isLatent)
    throw commandLineError('A latent-target model has no decoder: give `--dense`, not `--decoder-units`.');
  if (bottleneck !== undefined && isLatent)
    throw commandLineError('A latent-target model has no decoder for a `--bottleneck` to feed.');
  if (isLatent && loss !== undefined && loss !== 'mse' && loss !== 'mae')
    throw commandLineError('A latent-target model learns by `--loss mse` or `--loss mae`.');
}

/** The rows out of the windows that a model needs. */
export function predictedRows({
  model,
  horizon = 1,
  shift = 0,
}: PredictedRowsFlags): Pick<WindowSpec, 'horizon' | 'shift'> {
  return predicting.includes(model) ? { horizon, shift } : {};
}

/** Describes the model for windows of a shape. */
export function toModelSpec(
  flags: ModelFlags & Pick<SettledFlags, 'units'> & { readonly loss: LossSpec },
  shape: { readonly timesteps: number; readonly features: number },
): ModelSpec {
  const { model, horizon = 1, shift = 0, units, bottleneck, decoderUnits, dropout, loss } = flags;
  const encoder = {
    ...shape,
    units,
    dropout,
    ...(bottleneck !== undefined && { bottleneck: { units: bottleneck } }),
  };
  const decoder = {
    ...encoder,
    ...(decoderUnits && { decoderUnits }),
    ...(loss === 'gaussian' && { variance: true }),
  };
  switch (model) {
    case 'reconstruct':
      return reconstruct(decoder);
    case 'predict':
      return predict({ ...decoder, horizon, shift });
    case 'composite':
      return composite({ ...decoder, horizon, shift });
    case 'latent-target': {
      const { dense = [Math.ceil(units.at(-1)! / 2)] } = flags;
      const layers = dense.map((width) => ({ units: width, activation: 'relu' as const }));
      // A target that learns too shrinks towards what is easily given.
      return latentTarget({
        ...encoder,
        dense: layers,
        stopGradient: true,
        loss: loss === 'mae' ? loss : 'mse',
      });
    }
  }
}
