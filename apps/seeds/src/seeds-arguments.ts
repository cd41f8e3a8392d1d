import { parseArgs } from 'node:util';
import type { Experiment } from './experiment.ts';

export interface SeedsArguments {
  readonly help: boolean;
  /** The name of the one experiment to run; undefined for all. */
  readonly only: string | undefined;
  /** The file for the results as JSON. */
  readonly json: string | undefined;
  /** The most seeds, for a quick look; undefined for each experiment's own. */
  readonly seeds: number | undefined;
}

/** Parses the arguments; returns a sentence that says what is wrong with them where something is. */
export function seedsArguments(
  argv: readonly string[],
  experiments: readonly Experiment[],
): SeedsArguments | string {
  let values: { only?: string; json?: string; seeds?: string; help?: boolean };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        only: { type: 'string' },
        json: { type: 'string' },
        seeds: { type: 'string' },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return `${(error as Error).message.split('. ')[0]}.`;
  }
  const { only, json, help = false } = values;
  const names = experiments.map(({ name }) => name);
  if (only !== undefined && !names.includes(only)) {
    return `\`--only\` must be one of ${names.join(', ')}. Received: ${only}.`;
  }
  const needed = experiments.find(({ name, needsData }) => name === only && needsData);
  if (needed && !process.env.RETRACE_DATA && !help) {
    return `\`${needed.name}\` needs the environment variable RETRACE_DATA to name the folder of real data.`;
  }
  const seeds = values.seeds === undefined ? undefined : Number(values.seeds);
  if (seeds !== undefined && !(Number.isInteger(seeds) && seeds >= 1)) {
    return `\`--seeds\` must be an integer of at least 1. Received: ${values.seeds}.`;
  }
  return { help, only, json, seeds };
}

/** What `--help` prints. */
export function usage(experiments: readonly Experiment[]): string {
  const lines = experiments.map(
    ({ name, title, onDemand }) => `  ${name.padEnd(20)} ${title}${onDemand ? ' (only on demand)' : ''}`,
  );
  return `Trains the published experiments again and writes docs/seeds.md.

  seeds                 all of them
  seeds --only NAME     one of them
  seeds --seeds N       at most N seeds each, for a quick look; writes no page
  seeds --json FILE     writes the results as JSON too

${lines.join('\n')}
`;
}
