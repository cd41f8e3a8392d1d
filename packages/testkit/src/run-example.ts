import { Console } from 'node:console';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { ReadmeExample } from './readme-examples.ts';

export interface RunExampleOptions {
  /** Files the example finds in its working directory, by name. */
  files?: Readonly<Record<string, string | Uint8Array>>;
}

/**
 * Runs an example and returns what it printed.
 *
 * The code becomes a module in the README's folder for as long as it runs, so that it imports what the package
 * there can import, from source; its working directory is a new, temporary one. Being JavaScript, the code has
 * no type annotations. Console and working directory are the process's own, so examples run one at a time.
 */
export async function runExample(
  { code, folder }: Pick<ReadmeExample, 'code' | 'folder'>,
  { files = {} }: RunExampleOptions = {},
): Promise<string> {
  // A name of its own, because an imported module stays in the cache under its name.
  const module = join(folder, `readme-example-${randomUUID()}.mjs`);
  const directory = mkdtempSync(join(tmpdir(), 'retrace-example-'));
  const { console: before } = globalThis;
  const cwd = process.cwd();
  let printed = '';
  const stdout = new Writable({
    write(chunk, _, done) {
      printed += chunk;
      done();
    },
  });
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
    writeFileSync(module, code);
    process.chdir(directory);
    globalThis.console = new Console({ stdout, colorMode: false });
    await import(/* @vite-ignore */ module);
    return printed;
  } finally {
    globalThis.console = before;
    process.chdir(cwd);
    rmSync(module, { force: true });
    rmSync(directory, { recursive: true, force: true });
  }
}
