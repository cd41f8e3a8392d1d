import type { Command } from 'commander';

/**
 * Says in a message of a library, which speaks of options such as `onMissing: 'mask'` or `checkpoint.resume: true`, the
 * flags of the command that set them: `--on-missing mask`, `--resume`.
 */
export function nameFlags(message: string, command: Command | undefined): string {
  const flags = new Map(command?.options.map((option) => [option.attributeName(), `--${option.name()}`]));
  return message.replace(
    /`(?:\w+\.)*(\w+)(?:\[\d+\])?(?:: ([^`]+))?`/g,
    (whole, name: string, value?: string) => {
      const flag = flags.get(name);
      if (flag === undefined) return whole;
      return value === undefined || value === 'true'
        ? `\`${flag}\``
        : `\`${flag} ${value.replace(/^\[?['"]?|['"]?\]?$/g, '')}\``;
    },
  );
}
