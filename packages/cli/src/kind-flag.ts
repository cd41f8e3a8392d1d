import { argumentError, checkOneOf } from '@retrace/errors';
import type { FlagParser } from './flag-values.ts';

/** What a kind may be given: each setting by its name, with what makes the parser of its value. */
type Settings = Readonly<Record<string, (flag: string) => FlagParser<unknown>>>;

/** The settings that were given. */
type Given<S extends Settings> = { readonly [Name in keyof S]?: ReturnType<ReturnType<S[Name]>> };

/** One of some kinds, with the settings that were given. */
type KindValue<K extends Readonly<Record<string, Settings>>> = {
  [Kind in keyof K & string]: { readonly kind: Kind } & Given<K[Kind]>;
}[keyof K & string];

/**
 * Makes the parser of a flag that takes a kind and, after a colon, its settings: `sgd:momentum=0.9,nesterov=true`. It
 * throws `RETRACE_INVALID_ARGUMENT` naming flag and setting, as {@link settingsFlag} does.
 */
export function kindFlag<const K extends Readonly<Record<string, Settings>>>(
  flag: string,
  kinds: K,
): FlagParser<KindValue<K>> {
  return (text) => {
    const [name, ...rest] = text.split(':');
    const kind = checkOneOf(flag, name, Object.keys(kinds));
    const given =
      rest.length === 0 ? {} : parseSettings(`${flag} ${kind}`, ':', kinds[kind]!, rest.join(':'));
    return { kind, ...given } as KindValue<K>;
  };
}

/** Makes the parser of a flag that takes settings alone: `deviation=0.1,drop=0.05`. */
export function settingsFlag<const S extends Settings>(flag: string, settings: S): FlagParser<Given<S>> {
  return (text) => parseSettings(flag, ' ', settings, text) as Given<S>;
}

function parseSettings(
  flag: string,
  mark: string,
  settings: Settings,
  text: string,
): Record<string, unknown> {
  const names = Object.keys(settings);
  const given: Record<string, unknown> = {};
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = /^\s*([^=]+)=(.*)$/s.exec(part) ?? [];
    if (!names.includes(name) || name in given) {
      const list = `followed by settings, each once, as name=value: ${names.join(', ')}`;
      throw argumentError(flag, names.length > 0 ? list : 'given alone, as it has no settings', part);
    }
    given[name] = settings[name]!(`${flag}${mark}${name}`)(value.trim());
  }
  return given;
}
