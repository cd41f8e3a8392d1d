import { argumentError } from '@retrace/errors';
import { type ConfigPath, checkPaths, withValue } from './config-paths.ts';
import { checkPlainJson } from './plain-json.ts';
import type { TrialConfig } from './trial-config.ts';

/** The values to try at each path of a configuration: `{ 'windows.lookback': [20, 50], 'model.units': [[32], [64]] }`. */
export type GridSpace = Readonly<Record<ConfigPath, readonly unknown[]>>;

/**
 * Makes the configuration of every combination of values, the last path changing fastest; what no path names is as in
 * `base`.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` for a path that no configuration has, and for values that are no list of differing
 * plain JSON. `sweep` checks the configurations themselves.
 */
export function gridOf(base: TrialConfig, space: GridSpace): TrialConfig[] {
  if (typeof space !== 'object' || space === null) throw argumentError('space', 'an object', space);
  const dimensions = Object.entries(space);
  checkPaths(
    base,
    dimensions.map(([path]) => path),
  );
  for (const [path, values] of dimensions) checkChoices(path, values);
  return dimensions.reduce<TrialConfig[]>(
    (configs, [path, values]) =>
      configs.flatMap((config) => values.map((value) => withValue(config, path, value))),
    [base],
  );
}

/** Refuses what is no list of differing values. */
export function checkChoices(path: ConfigPath, values: readonly unknown[]): void {
  const argument = `space['${path}']`;
  if (!Array.isArray(values) || values.length === 0)
    throw argumentError(argument, 'an array of at least one value', values);
  checkPlainJson(argument, values);
  const texts = values.map((value) => JSON.stringify(value));
  const double = texts.find((text, index) => texts.indexOf(text) < index);
  if (double !== undefined) throw argumentError(argument, 'an array of differing values', double);
}
