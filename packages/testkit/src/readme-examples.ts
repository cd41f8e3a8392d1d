import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { argumentError } from '@retrace/errors';

/** A runnable example of a README. */
export interface ReadmeExample {
  /** The content of its `ts` block. */
  readonly code: string;
  /** The content of the `text` block that follows: what the code prints. */
  readonly output: string;
  /** The line on which the code begins, from 1. */
  readonly line: number;
  /** The folder of the README, whose package the code imports from. */
  readonly folder: string;
}

const FENCED = /^```(\w*)\n([\s\S]*?)^```$/gm;

/**
 * Reads the examples of a README: every `ts` block with the `text` block that follows it.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if a `ts` block is not followed at once by a `text` block, for then nothing
 * would hold it to what it says.
 */
export function readmeExamples(readme: URL): ReadmeExample[] {
  const path = fileURLToPath(readme);
  const text = readFileSync(path, 'utf8');
  const blocks = [...text.matchAll(FENCED)];
  return blocks.flatMap((block, i) => {
    if (block[1] !== 'ts') return [];
    const line = text.slice(0, block.index).split('\n').length + 1;
    const next = blocks[i + 1];
    const between = next && text.slice(block.index + block[0].length, next.index).trim();
    if (next?.[1] !== 'text' || between !== '')
      throw argumentError(`${path}:${line}`, 'followed at once by a `text` block of its output', next?.[1]);
    return [{ code: block[2]!, output: next[2]!, line, folder: dirname(path) }];
  });
}
