import type { Command } from 'commander';
import { commandLineError } from './command-line-error.ts';

/** Makes a command refuse a flag that is given twice, of which commander would take the last without a word. */
export function refuseRepeats(command: Command): void {
  const seen = new Set<string>();
  for (const option of command.options) {
    command.on(`option:${option.name()}`, () => {
      const flag = `--${option.name()}`;
      if (seen.has(flag)) throw commandLineError(`\`${flag}\` is given twice. Give it once.`, { flag });
      seen.add(flag);
    });
  }
}
