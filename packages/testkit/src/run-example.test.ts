import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readmeExamples } from './readme-examples.ts';
import { runExample } from './run-example.ts';

const folder = join(import.meta.dirname, '..');

function readme(text: string): URL {
  const path = join(mkdtempSync(join(tmpdir(), 'retrace-readme-')), 'README.md');
  writeFileSync(path, text);
  return pathToFileURL(path);
}

describe('readmeExamples', () => {
  it('reads each ts block with the text block after it, and no other block', () => {
    const url = readme(
      '# A\n\n```sh\nnpm i\n```\n\n```ts\na();\nb();\n```\n\n```text\n1\n2\n```\n\n```text\nx\n```\n',
    );
    expect(readmeExamples(url)).toEqual([
      { code: 'a();\nb();\n', output: '1\n2\n', line: 8, folder: expect.stringContaining('retrace-readme-') },
    ]);
  });
  it.each([
    '```ts\na();\n```\n',
    '```ts\na();\n```\n\nprints\n\n```text\n1\n```\n',
    '```ts\na();\n```\n\n```sh\n1\n```\n',
  ])('refuses %j, whose code is held to no output', (text) => {
    expect(() => readmeExamples(readme(text))).toThrow(
      'README.md:2` must be followed at once by a `text` block',
    );
  });
});

describe('runExample', () => {
  const run = (code: string, files = {}) => runExample({ code, folder }, { files });
  const leftovers = () => readdirSync(folder).filter((name) => name.startsWith('readme-example-'));

  it('returns what the code prints, tables too, in the order of printing', async () => {
    expect(
      await run("console.log('a %d', 1, { b: 2 });\nconsole.table([{ x: 1 }]);\nconsole.log('c');"),
    ).toBe(
      'a 1 { b: 2 }\n┌─────────┬───┐\n│ (index) │ x │\n├─────────┼───┤\n│ 0       │ 1 │\n└─────────┴───┘\nc\n',
    );
  });
  it('imports what the package of the folder imports', async () => {
    expect(
      await run("import { nearest } from '@retrace/errors';\nconsole.log(nearest('abd', ['abc']));"),
    ).toBe('abc\n');
  });
  it('gives the code its files in a directory of its own', async () => {
    const code =
      "import { readFileSync, writeFileSync } from 'node:fs';\nwriteFileSync('b', readFileSync('a.csv'));\nconsole.log(readFileSync('b', 'utf8'));";
    expect(await run(code, { 'a.csv': 'x,y' })).toBe('x,y\n');
  });
  it('passes on what the code throws, and leaves console, directory and folder as they were', async () => {
    const before = { console: globalThis.console, cwd: process.cwd() };
    await expect(run("throw new Error('from the example');")).rejects.toThrow('from the example');
    expect({ console: globalThis.console, cwd: process.cwd() }).toEqual(before);
    expect(leftovers()).toEqual([]);
  });
});
