import { containerFiles } from './container-files.ts';
import { contentFiles } from './content-files.ts';
import { foreignFiles } from './foreign-files.ts';
import { createForge, type HostileFile } from './hostile-file.ts';

/**
 * Files that a loader of models must refuse, made from one that it loads: a model or detector file with at least two
 * encoder layers of one width. The ids are those of the project's list of bad inputs.
 */
export function hostileFiles(good: Uint8Array): HostileFile[] {
  const forge = createForge(good);
  return [...containerFiles(forge), ...contentFiles(forge), ...foreignFiles()];
}

/** What is given to a loader in place of bytes: C26. */
export const notBytes: readonly (readonly [string, unknown])[] = [
  ['a path', 'pumps.retrace'],
  ['an address as text', 'https://example.com/pumps.retrace'],
  ['an address', new URL('file:///etc/passwd')],
  ['a response', new Response('x')],
  ['a blob', new Blob(['x'])],
  ['a buffer', new ArrayBuffer(8)],
  ['an array', [123, 125]],
  ['nothing', undefined],
  ['null', null],
];
