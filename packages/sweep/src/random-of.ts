import { argumentError, checkInteger, checkKeys, checkNumber, checkOneOf } from '@retrace/errors';
import { createRandom, type Random } from '@retrace/random';
import { type ConfigPath, checkPaths, withValue } from './config-paths.ts';
import { checkChoices } from './grid-of.ts';
import { canonicalText } from './plain-json.ts';
import type { TrialConfig } from './trial-config.ts';

/**
 * Numbers from `min` to `max`: `'uniform'`, `'logUniform'`, whose logarithm is uniform, for rates, or each `'integer'`
 * equally likely, both ends included.
 */
export interface NumberRange {
  readonly kind: 'uniform' | 'logUniform' | 'integer';
  readonly min: number;
  readonly max: number;
}

/** What to draw at each path of a configuration: one of a list, or a number of a range. */
export type RandomSpace = Readonly<Record<ConfigPath, readonly unknown[] | NumberRange>>;

export interface RandomOfOptions {
  readonly count: number;
  /** Default 0. */
  readonly seed?: number;
}

/** Draws for each configuration that is new before the space counts as too small. */
const MOST_DRAWS = 1000;

/**
 * Draws `count` different configurations: each path's value by itself, from a stream of its own, so that another path in
 * the space changes none of the others' values. What no path names is as in `base`.
 *
 * Random draws find good configurations sooner than a grid of as many where few of the parameters matter (Bergstra and
 * Bengio 2012).
 *
 * @throws `RETRACE_INVALID_ARGUMENT`, also if the space holds fewer than `count` configurations.
 */
export function randomOf(base: TrialConfig, space: RandomSpace, options: RandomOfOptions): TrialConfig[] {
  if (typeof space !== 'object' || space === null) throw argumentError('space', 'an object', space);
  checkKeys('options', options, ['count', 'seed']);
  const { count, seed = 0 } = options;
  checkInteger('count', count, { min: 1 });
  const paths = Object.keys(space);
  checkPaths(base, paths);
  const random = createRandom(checkInteger('seed', seed, { min: 0 }));
  const draws = paths.map((path) => [path, drawOf(path, space[path]!, random.fork(path))] as const);

  const found = new Map<string, TrialConfig>();
  for (let drawn = 0; found.size < count; drawn++) {
    if (drawn === count * MOST_DRAWS)
      throw argumentError('count', `at most ${found.size}, for the space holds no more`, count);
    const config = draws.reduce((made, [path, draw]) => withValue(made, path, draw()), base);
    found.set(canonicalText(config), config);
  }
  return [...found.values()];
}

function drawOf(path: ConfigPath, values: readonly unknown[] | NumberRange, random: Random): () => unknown {
  if (isChoices(values)) {
    checkChoices(path, values);
    return () => values[random.integer(values.length)];
  }
  const argument = `space['${path}']`;
  if (typeof values !== 'object' || values === null)
    throw argumentError(argument, 'an array of values, or a range', values);
  checkKeys(argument, values, ['kind', 'min', 'max']);
  const { kind, min, max } = values;
  checkOneOf(`${argument}.kind`, kind, ['uniform', 'logUniform', 'integer']);
  const check = (name: 'min' | 'max', least: number | undefined): number =>
    (kind === 'integer' ? checkInteger : checkNumber)(`${argument}.${name}`, values[name], {
      ...(least !== undefined && { min: least }),
    });
  check('min', kind === 'logUniform' ? Number.MIN_VALUE : undefined);
  check('max', min);
  switch (kind) {
    case 'integer':
      return () => min + random.integer(max - min + 1);
    case 'uniform':
      return () => min + (max - min) * random.uniform();
    case 'logUniform':
      // Rounding of `exp` may step over an end.
      return () => clamp(Math.exp(Math.log(min) + Math.log(max / min) * random.uniform()), min, max);
  }
}

function isChoices(values: readonly unknown[] | NumberRange): values is readonly unknown[] {
  return Array.isArray(values);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
