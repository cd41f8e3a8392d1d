import type { Command } from 'commander';
import { commandLineError } from './command-line-error.ts';

/**
 * Makes a command refuse two slips that commander lets pass: a flag given twice, of which it takes the last unless it
 * collects them, and a flag without its value, for which it takes the next flag.
 */
export function strictFlags(command: Command): void {
  const seen = new Set<string>();
  for (const option of command.options) {
    const flag = `--${option.name()}`;
    command.on(`option:${option.name()}`, (value: unknown) => {
      if (typeof value === 'string' && value.startsWith('--'))
        throw commandLineError(`\`${flag}\` needs a value before \`${value}\`.`, { flag });
      if (seen.has(flag) && !option.variadic)
        throw commandLineError(`\`${flag}\` is given twice. Give it once.`, { flag });
      seen.add(flag);
    });
  }
}
