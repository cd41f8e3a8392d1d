import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** Something that some tests need and a machine may lack. */
export interface Requirement {
  /** Which tests, in plain words. */
  readonly tests: string;
  /** What adds it. */
  readonly remedy: string;
  /** Where it is, or undefined. */
  find(): string | undefined;
}

/** All that a bare machine with Node and npm may lack. A test asks here, and is skipped where `find` returns nothing. */
export const requirements: Readonly<Record<'data' | 'chromium' | 'tensorflow', Requirement>> = {
  data: {
    tests: 'the tests on real data sets (NAB, SKAB, ASD, …)',
    remedy: 'set RETRACE_DATA to the folder that holds them, one sub-folder a data set',
    find: () => {
      const folder = process.env.RETRACE_DATA;
      return folder && existsSync(folder) ? folder : undefined;
    },
  },
  chromium: {
    tests: 'the tests in a real browser',
    remedy:
      '`apt-get install chromium`, or set CHROMIUM to the executable of an installed Chromium or Chrome',
    find: () => process.env.CHROMIUM ?? onPath(['chromium', 'chromium-browser', 'google-chrome']),
  },
  tensorflow: {
    tests: 'the tests on libtensorflow',
    remedy: '`node packages/runtime-node/bin/retrace-node.js setup` after a build',
    find: () => {
      const { resolve } = createRequire(new URL('../../runtime-node/package.json', import.meta.url));
      const folder = dirname(resolve('@tensorflow/tfjs-node/package.json'));
      const addon = join(folder, 'lib/napi-v8/tfjs_binding.node');
      return existsSync(addon) ? addon : undefined;
    },
  },
};

function onPath(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
