import { readFileSync } from 'node:fs';

interface KerasFile {
  readonly versions: Readonly<Record<string, string>>;
  readonly results: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
}

const file: KerasFile = JSON.parse(readFileSync(new URL('../oracles/keras.json', import.meta.url), 'utf8'));

/** The versions that the figures of Keras were made with. */
export const kerasVersions: Readonly<Record<string, string>> = file.versions;

/** Keras's own figures of an experiment, once a seed; made by `oracles/keras_seeds.py`. */
export function kerasResults(experiment: string, figure: string): readonly number[] {
  const values = file.results[experiment]?.[figure];
  if (!values) throw new Error(`oracles/keras.json has no figure '${figure}' of '${experiment}'.`);
  return values;
}
