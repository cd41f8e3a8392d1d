import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { buildFromWheel, removeLeftovers } from './build-from-wheel.ts';
import type { Machine } from './machine.ts';
import { probeAddon } from './probe-addon.ts';
import { firstError, runProgram } from './run-program.ts';
import { setupError } from './setup-error.ts';

/** Options of {@link setUp}. */
export interface SetupOptions {
  /** Whether to leave out tfjs-node's own install; false by default. */
  readonly wheelOnly?: boolean;
  /** Is told each step, in a line for people. */
  readonly onProgress?: (line: string) => void;
}

/**
 * Installs the addon of tfjs-node, unless it loads already: by tfjs-node's own install, and where that fails from the
 * libtensorflow in the wheel of tensorflow-cpu. What was interrupted goes on when it is called again.
 *
 * @throws one of the `RETRACE_SETUP_…` errors
 */
export async function setUp(
  machine: Machine,
  { wheelOnly = false, onProgress = () => {} }: SetupOptions = {},
): Promise<void> {
  const folder = machine.tfjsNode;
  if (!folder) throw setupError('RETRACE_SETUP_NO_PACKAGE', '@tensorflow/tfjs-node is not installed');
  const before = await probeAddon(machine);
  if (before.loads) {
    await removeLeftovers(folder);
    return onProgress(`The addon loads: ${before.says}`);
  }
  onProgress(`The addon does not load: ${before.says}`);
  if (!wheelOnly) {
    onProgress("Trying tfjs-node's own install, for ten minutes at most.");
    const failure = await ownInstall(machine, folder);
    const { loads, says } = await probeAddon(machine);
    if (loads) return onProgress(`The addon loads: ${says}`);
    onProgress(`It failed: ${failure ?? says}`);
  }
  await buildFromWheel(machine, folder, onProgress);
  const { loads, says } = await probeAddon(machine);
  if (!loads)
    throw setupError('RETRACE_SETUP_NOT_LOADING', `The addon was built and does not load: ${says}`, { says });
  await removeLeftovers(folder);
  onProgress(`The addon loads: ${says}`);
}

/** Runs tfjs-node's own install; returns why it failed, if it did. */
async function ownInstall(machine: Machine, folder: string): Promise<string | undefined> {
  // It edits the package.json and sets it back at its end, which it may not reach.
  const manifest = join(folder, 'package.json');
  const text = await readFile(manifest);
  const { PATH = '' } = machine.environment;
  const tools = [join(folder, 'node_modules/.bin'), join(folder, '../../.bin'), PATH].join(delimiter);
  try {
    const { succeeded, output } = await runProgram(
      { environment: { ...machine.environment, PATH: tools } },
      process.execPath,
      ['scripts/install.js'],
      { cwd: folder, timeout: 600_000 },
    );
    return succeeded ? undefined : firstError(output);
  } finally {
    await writeFile(manifest, text);
  }
}
