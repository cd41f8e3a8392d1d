import { describe, expect, it } from 'vitest';
import { importsOf, packageOf } from './imports-of.ts';

// Dynamic imports of these texts name vitest, for the house's own check finds them in this file too.
describe('importsOf', () => {
  it.each([
    ["import { a } from 'x';", ['x']],
    ["import type { A } from 'x';", ['x']],
    ["import a, { type B, c as d } from 'x';", ['x']],
    ["import * as a from 'x';", ['x']],
    ["import 'x';", ['x']],
    ['import {\n  a,\n  b,\n} from "x/y";', ['x/y']],
    ["import data from './a.json' with { type: 'json' };", ['./a.json']],
    ["export { a, type B } from 'x';", ['x']],
    ["export type { A } from 'x';", ['x']],
    ["export * from 'x';", ['x']],
    ["export * as a from 'x';", ['x']],
    ["  const { a } = await import('vitest');", ['vitest']],
    ["await import(/* @vite-ignore */ 'vitest');", ['vitest']],
    ["import { a } from 'x';\nimport { b } from 'y';\nexport { c } from 'x';", ['x', 'y']],
  ])('finds those of %j', (source, expected) => {
    expect(importsOf(source)).toEqual(expected);
  });
  it.each([
    "export const text = 'x';",
    "export const from = 'x';",
    "export function f(): void {\n  // from 'x'\n}",
    "// import { a } from 'x';",
    " * import { a } from 'x';",
    " * import('vitest')",
    'const text = "import { a } from \'x\';";',
    "new URL('x', import.meta.url);",
    'await import(path);',
  ])('finds none in %j', (source) => {
    expect(importsOf(source)).toEqual([]);
  });
});

describe('packageOf', () => {
  it.each([
    ['vitest/config', 'vitest'],
    ['@retrace/models/tensors', '@retrace/models'],
    ['testkit', 'testkit'],
    ['node:fs', undefined],
    ['../a.ts', undefined],
    ['#generated', undefined],
  ])('of %s is %s', (specifier, expected) => {
    expect(packageOf(specifier)).toBe(expected);
  });
});
