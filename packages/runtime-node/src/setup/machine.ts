import { statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the setup knows of the machine it runs on. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** Whether its C library is glibc, as the wheel needs; Alpine's is not. */
  readonly glibc: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** Where tfjs-node is installed; undefined where it is not. */
  readonly tfjsNode: string | undefined;
  /** What tells in a process of its own whether the addon loads, as arguments of Node. */
  readonly verifying: readonly string[];
  /** How many bytes a folder may still take. */
  freeBytes(folder: string): Promise<number>;
}

/** The machine this process runs on. */
export function thisMachine(): Machine {
  const { platform, arch, env } = process;
  const command = fileURLToPath(new URL('../../bin/retrace-node.js', import.meta.url));
  return {
    platform,
    arch,
    glibc: 'glibcVersionRuntime' in (process.report.getReport() as { header: object }).header,
    environment: env,
    tfjsNode: installedTfjsNode(),
    verifying: [command, 'verify'],
    async freeBytes(folder) {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  };
}

function installedTfjsNode(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node/package.json'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
