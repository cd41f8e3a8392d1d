/**
 * Compiles assembly/ four times, with and without relaxed SIMD and shared memory, and writes build/kernels.js with the
 * modules as base64: a package without assets that a page would have to serve.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = fileURLToPath(new URL('..', import.meta.url));
const builds = {
  plain: ['--enable', 'simd,threads'],
  plainShared: ['--enable', 'simd,threads', '--sharedMemory', '--maximumMemory', '65536'],
  relaxed: ['--enable', 'simd,threads,relaxed-simd'],
  relaxedShared: ['--enable', 'simd,threads,relaxed-simd', '--sharedMemory', '--maximumMemory', '65536'],
};

async function compile(flags) {
  let binary;
  const options = ['-O3', '--noAssert', '--importMemory', '--runtime', 'stub', '--baseDir', folder];
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '--outFile', 'kernels.wasm', ...options, ...flags],
    {
      writeFile: (_, contents) => {
        binary = contents;
      },
    },
  );
  const messages = stderr.toString();
  if (error || messages) throw new Error(messages || error.message, { cause: error });
  return Buffer.from(binary).toString('base64');
}

const entries = await Promise.all(
  Object.entries(builds).map(async ([name, flags]) => `export const ${name} = '${await compile(flags)}';\n`),
);
mkdirSync(`${folder}/build`, { recursive: true });
writeFileSync(`${folder}/build/kernels.js`, entries.join(''));
writeFileSync(
  `${folder}/build/kernels.d.ts`,
  Object.keys(builds)
    .map((name) => `export declare const ${name}: string;\n`)
    .join(''),
);
