import { argumentError, nearest } from '@retrace/errors';
import { checkPlainJson, isRecord } from './plain-json.ts';
import { type TrialConfig, trialConfigKeys } from './trial-config.ts';

/** What part of a configuration is chosen: keys joined by dots, such as `fit.optimizer.learningRate`. */
export type ConfigPath = string;

/**
 * Refuses paths that do not begin with a key of a configuration, that lie in one another, or that lead through something
 * else than an object in `base`.
 *
 * @throws `RETRACE_INVALID_ARGUMENT`
 */
export function checkPaths(base: TrialConfig, paths: readonly ConfigPath[]): void {
  if (!isRecord(base)) throw argumentError('base', 'a configuration', base);
  checkPlainJson('base', base);
  if (paths.length === 0) throw argumentError('space', 'an object with at least one path', 'an empty one');
  for (const path of paths) {
    const [first = '', ...rest] = path.split('.');
    if (!trialConfigKeys.includes(first) || rest.includes('')) {
      const near = nearest(first, trialConfigKeys);
      throw argumentError(
        'space',
        `an object whose keys are paths, each of which begins with ${trialConfigKeys.join(', ')}`,
        path,
        near && `Did you mean \`${[near, ...rest].join('.')}\`?`,
      );
    }
    const inner = paths.find((other) => other.startsWith(`${path}.`));
    if (inner !== undefined)
      throw argumentError('space', `an object in which no path lies in another, as in \`${path}\``, inner);
    withValue(base, path, null);
  }
}

/** Returns a copy of a configuration with another value at a path; objects on the way that are absent are made. */
export function withValue(base: TrialConfig, path: ConfigPath, value: unknown): TrialConfig {
  const copy: unknown = structuredClone(base);
  const keys = path.split('.');
  const last = keys.pop()!;
  let node = copy as Record<string, unknown>;
  for (const [depth, key] of keys.entries()) {
    const next = Object.hasOwn(node, key) ? node[key] : {};
    if (!isRecord(next)) {
      const place = `base.${keys.slice(0, depth + 1).join('.')}`;
      throw argumentError(place, `an object, for \`space\` has the path \`${path}\``, next);
    }
    node[key] = next;
    node = next;
  }
  node[last] = value;
  return copy as TrialConfig;
}

/** Returns what a configuration has at a path, undefined where it has nothing. */
export function valueAt(config: TrialConfig, path: ConfigPath): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (node, key) => (isRecord(node) && Object.hasOwn(node, key) ? node[key] : undefined),
      config,
    );
}

/** Returns the paths at which configurations differ, those of objects further down, in the order of their appearance. */
export function differingPaths(configs: readonly TrialConfig[]): ConfigPath[] {
  const paths = new Set(configs.flatMap((config) => leaves('', config)));
  return [...paths].filter((path) => {
    const values = new Set(configs.map((config) => JSON.stringify(valueAt(config, path))));
    return values.size > 1;
  });
}

function leaves(prefix: string, node: object): ConfigPath[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    return isRecord(value) ? leaves(path, value) : [path];
  });
}
