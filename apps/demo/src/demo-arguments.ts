/** What the demo was asked for. */
export interface DemoArguments {
  readonly help: boolean;
  /** The user's table; undefined for the simulation. */
  readonly data: string | undefined;
  /** The folder for the files. */
  readonly out: string;
  /** The flags of `retrace train`, each value apart from its flag. */
  readonly flags: readonly string[];
}

/** The flags that say how a table is read, which every command needs. */
export const tableFlags: readonly string[] = [
  ...['--time', '--by', '--features', '--label', '--long', '--format', '--encoding'],
  ...['--delimiter', '--header', '--decimal', '--time-unit', '--time-zone', '--missing', '--on-missing'],
];

/** Parses the arguments of the demo; returns a sentence that says what is wrong with them where something is. */
export function demoArguments(argv: readonly string[]): DemoArguments | string {
  const words = argv.flatMap((word) => {
    const [, flag, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? [];
    return flag === undefined ? [word] : [flag, value!];
  });
  const own: Record<string, string | undefined> = { '--data': undefined, '--out': 'out/demo' };
  const flags: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (!(word in own)) {
      flags.push(word);
      continue;
    }
    const value = words[++i];
    if (value === undefined || value.startsWith('--')) return `\`${word}\` needs a value.`;
    own[word] = value;
  }
  const help = flags.includes('--help');
  const { '--data': data, '--out': out } = own;
  if (data === undefined && flags.length > 0 && !help)
    return `\`${flags[0]}\` has no meaning for the simulation, whose model is fixed. Name a table of yours with \`--data\`.`;
  return { help, data, out: out!, flags };
}

/** Those of the flags that say how a table is read, with their values. */
export function readingFlags(flags: readonly string[]): readonly string[] {
  return flags.flatMap((flag, i) => (tableFlags.includes(flag) ? [flag, flags[i + 1]!] : []));
}
