import { argumentError, RetraceError } from '@retrace/errors';
import type { Head, TensorModel } from '@retrace/models/tensors';
import type { Windows } from '@retrace/windowing';
import type { TermMean } from './term-mean.ts';

/**
 * Refuses windows that a model cannot be trained on, `argument` naming them in the message.
 *
 * @throws `RETRACE_TOO_FEW_WINDOWS` if there are none; `RETRACE_INVALID_SHAPE` if their timesteps or features are not
 * the model's, or
 * if they lack the target or the labels that the model's heads ask for.
 */
export function checkWindows(
  argument: string,
  windows: Windows,
  { spec, heads }: Pick<TensorModel, 'spec' | 'heads'>,
): void {
  if (typeof windows?.batch !== 'function' || !Array.isArray(windows.features)) {
    throw argumentError(argument, 'windows, as `slidingWindows` or `arrayWindows` makes them', windows);
  }
  if (windows.length === 0) {
    throw new RetraceError(
      'RETRACE_TOO_FEW_WINDOWS',
      `\`${argument}\` holds no window. If it was cut from series, every run of rows is shorter than the lookback of ` +
        `${windows.spec.lookback}: lower \`lookback\` or \`minRows\`, raise \`maxGap\`, or bring more rows.`,
      { argument },
    );
  }
  const { timesteps, features } = spec;
  const { lookback, horizon } = windows.spec;
  if (lookback !== timesteps || windows.features.length !== features) {
    throw new RetraceError(
      'RETRACE_INVALID_SHAPE',
      `The model takes ${timesteps} timesteps of ${features} features, but \`${argument}\` has ${lookback} timesteps ` +
        `of ${windows.features.length} features (${windows.features.join(', ')}). Build the one to fit the other.`,
      {
        argument,
        model: { timesteps, features },
        windows: { timesteps: lookback, features: windows.features.length },
      },
    );
  }
  const wants = (what: Head['target']) => heads.some(({ target }) => target === what);
  if (wants('label') && windows.length > 0 && windows.batch([0]).label === undefined) {
    throw new RetraceError(
      'RETRACE_INVALID_SHAPE',
      `The model tells classes apart, but \`${argument}\` has no labels. Cut the windows from series with labels, or ` +
        'give `arrayWindows` a `label`.',
      { argument, heads: heads.map(({ name }) => name) },
    );
  }
  if (!wants('target')) return;
  if (horizon === 0) {
    throw new RetraceError(
      'RETRACE_INVALID_SHAPE',
      `The model predicts a target, but \`${argument}\` has none. Cut the windows with a \`horizon\` of at least 1.`,
      { argument, heads: heads.map(({ name }) => name) },
    );
  }
  if (!('horizon' in spec)) return;
  // Arrays do not say how far after the input their target lies.
  const shifted = windows.series.length > 0 && windows.spec.shift !== spec.shift;
  if (horizon === spec.horizon && !shifted) return;
  throw new RetraceError(
    'RETRACE_INVALID_SHAPE',
    `The model predicts ${spec.horizon} rows, ${spec.shift} rows after the window, but the targets of \`${argument}\` ` +
      `are ${horizon} rows, ${windows.spec.shift} rows after it. Cut the windows with \`horizon: ${spec.horizon}, ` +
      `shift: ${spec.shift}\`, or build the model to fit.`,
    {
      argument,
      model: { horizon: spec.horizon, shift: spec.shift },
      windows: { horizon, shift: windows.spec.shift },
    },
  );
}

/**
 * Refuses validation windows with other features than the training windows, or with the same in another order.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`
 */
export function checkSameFeatures(windows: Windows, validation: Windows): void {
  if (windows.features.every((name, k) => validation.features[k] === name)) return;
  const expected = `windows of the features ${windows.features.join(', ')}, in this order`;
  throw argumentError('validation', expected, validation.features);
}

/**
 * Refuses windows none of whose elements counted in the loss, which would train a model on nothing.
 *
 * @throws `RETRACE_TOO_FEW_WINDOWS`
 */
export function checkWeighed(argument: string, means: readonly TermMean[]): void {
  if (means.some(({ total }) => total > 0)) return;
  throw new RetraceError(
    'RETRACE_TOO_FEW_WINDOWS',
    `Every element of \`${argument}\` is padding, missing or of weight 0, so there is nothing to compare.`,
    { argument },
  );
}
