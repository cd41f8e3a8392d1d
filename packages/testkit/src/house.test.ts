import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageOf } from './imports-of.ts';
import { type Manifest, type Room, readManifest, readWorkspace, workspaceRoot } from './workspace.ts';

const rooms = readWorkspace();
const packages = rooms.filter((room) => room.folder.startsWith('packages/'));
const root = readManifest(workspaceRoot);

/** The house from the bottom up: what each package may import of the family, besides errors. */
const mayImport: Record<string, readonly string[]> = {
  errors: [],
  windowing: [],
  tables: ['windowing'],
  random: [],
  safetensors: [],
  storage: [],
  ops: [],
  models: ['ops', 'random', 'safetensors'],
  training: ['windowing', 'random', 'safetensors', 'storage', 'ops', 'models'],
  scoring: ['windowing', 'random'],
  detector: ['windowing', 'safetensors', 'models', 'scoring'],
  sweep: ['windowing', 'random', 'safetensors', 'storage', 'models', 'training', 'scoring', 'detector'],
  interop: ['models', 'detector'],
  report: ['windowing', 'scoring'],
  'runtime-wasm': ['ops'],
  'runtime-node': ['ops', 'runtime-wasm'],
  'runtime-webgpu': ['ops'],
};
const family = Object.keys(mayImport).map((name) => `@retrace/${name}`);

/** The packages that know what a tensor is. */
const tensorPackages = ['ops', 'models', 'training', 'detector', 'sweep', 'interop'].map(
  (name) => `@retrace/${name}`,
);
const isTensorPackage = (name: string) =>
  tensorPackages.includes(name) || name.startsWith('@retrace/runtime-');

/** The family members that a package may import at run time; undefined of the ends of the house: any. */
function allowedBy({ folder, manifest }: Room): readonly string[] | undefined {
  if (folder.startsWith('apps/') || manifest.name === 'testkit') return undefined;
  if (manifest.name === '@retrace/cli') return family;
  const names = mayImport[manifest.name.replace('@retrace/', '')];
  return ['errors', ...(names ?? [])].map((name) => `@retrace/${name}`);
}

const isFamily = (name: string) => name.startsWith('@retrace/') || name === 'testkit';
const runtimeNames = ({ dependencies, peerDependencies }: Manifest) =>
  Object.keys({ ...dependencies, ...peerDependencies });
const allNames = (manifest: Manifest) => [
  ...runtimeNames(manifest),
  ...Object.keys(manifest.devDependencies ?? {}),
];

describe.each(rooms.map((room) => [room.folder, room] as const))('%s', (folder, room) => {
  const { manifest, sources } = room;
  const allowed = allowedBy(room);

  it('is known to the table of who may import whom', () => {
    const isEnd = allowed === undefined || manifest.name === '@retrace/cli';
    expect(isEnd || family.includes(manifest.name)).toBe(true);
  });
  it('depends only on packages below it', () => {
    const upwards = runtimeNames(manifest).filter(
      (name) => isFamily(name) && allowed && !allowed.includes(name),
    );
    expect(upwards).toEqual([]);
  });
  it('imports only what its package.json declares', () => {
    const undeclared = sources.flatMap(({ path, imports, isTest }) => {
      const declared = isTest
        ? [manifest.name, ...allNames(manifest), ...allNames(root)]
        : [manifest.name, ...runtimeNames(manifest)];
      const names = imports.map(packageOf).filter((name) => name !== undefined);
      return names.filter((name) => !declared.includes(name)).map((name) => `${path} imports ${name}`);
    });
    expect(undeclared).toEqual([]);
  });
  it('declares the packages that its own # names stand for', () => {
    const targets = Object.values(manifest.imports ?? {}).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    const names = targets.map(packageOf).filter((name) => name !== undefined);
    expect(runtimeNames(manifest)).toEqual(expect.arrayContaining(names));
  });
  it('imports its own files by path with the extension, and none outside its folder', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => specifier.startsWith('.'))
        .filter((specifier) => {
          const target = posix.join(posix.dirname(path), specifier);
          return target.startsWith('..') || !existsSync(join(workspaceRoot, folder, target));
        })
        .map((specifier) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });
  it('has the scripts build, test and check, and none that runs on installation', () => {
    const scripts = Object.keys(manifest.scripts ?? {});
    expect(scripts).toEqual(expect.arrayContaining(['build', 'test', 'check']));
    const installing = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
    expect(scripts.filter((script) => installing.includes(script))).toEqual([]);
  });
  it('names no file or folder for being of no particular kind', () => {
    const vague = sources.filter(({ path }) => /\/(utils?|helpers?|common|types?|misc)(\/|\.)/.test(path));
    expect(vague.map((source) => source.path)).toEqual([]);
  });
  it('only exports from its index, by name', () => {
    const index = sources.find((source) => source.path === 'src/index.ts');
    expect(index?.text ?? '').toMatch(/^(export (type )?\{[^}]*\}( from '[^']+')?;?\s*)*$/);
  });
  it('reaches for the network nowhere but where a table has a URL and where tests serve a page', () => {
    const reaching = sources.filter(
      ({ text, isTest }) =>
        !isTest &&
        /\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|node:(https?|http2|net|tls|dgram)\b/.test(text),
    );
    const allowed: Record<string, readonly string[]> = {
      'packages/tables': ['src/table-source.ts'],
      'packages/testkit': ['src/page-host.ts'],
    };
    expect(reaching.map((source) => source.path)).toEqual(allowed[folder] ?? []);
  });
  it('has no source file over 300 lines', () => {
    const long = sources.filter(({ text, isTest }) => !isTest && text.split('\n').length > 301);
    expect(long.map((source) => source.path)).toEqual([]);
  });
  it('has no README over 80 lines', () => {
    const path = join(workspaceRoot, folder, 'README.md');
    const lines = existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').length : 0;
    expect(lines).toBeLessThanOrEqual(80);
  });
  it('meets tfjs-core as a peer if it knows tensors, as a dependency only where a program ends', () => {
    const { dependencies = {}, peerDependencies = {} } = manifest;
    const expected = isTensorPackage(manifest.name) ? '4.22.0' : undefined;
    expect(peerDependencies['@tensorflow/tfjs-core']).toBe(expected);
    const isProgram = folder.startsWith('apps/') || manifest.name === '@retrace/cli';
    if (!isProgram) expect(dependencies).not.toHaveProperty('@tensorflow/tfjs-core');
  });
  it('leaves tfjs-layers to the benchmarks', () => {
    const names = [...allNames(manifest), ...sources.flatMap((source) => source.imports.map(packageOf))];
    if (folder !== 'apps/bench') expect(names).not.toContain('@tensorflow/tfjs-layers');
  });
});

describe('the workspace', () => {
  it('is read whole', () => {
    expect(packages.length).toBeGreaterThanOrEqual(14);
    expect(rooms.find((room) => room.folder === 'packages/testkit')?.sources.length).toBeGreaterThan(20);
  });
  it('uses testkit in tests and apps only', () => {
    const users = packages.filter((room) => runtimeNames(room.manifest).includes('testkit'));
    expect(users.map((room) => room.folder)).toEqual([]);
  });
  it('pins one version of tfjs-core', () => {
    const text = readFileSync(join(workspaceRoot, 'pnpm-workspace.yaml'), 'utf8');
    expect(text).toMatch(/^ {2}"@tensorflow\/tfjs-core": 4\.22\.0$/m);
    const declared = rooms.flatMap(({ manifest: { dependencies, devDependencies } }) => [
      dependencies?.['@tensorflow/tfjs-core'],
      devDependencies?.['@tensorflow/tfjs-core'],
    ]);
    expect(new Set(declared.filter((version) => version !== undefined))).toEqual(new Set(['catalog:']));
  });
  it('has no cycle, development dependencies included', () => {
    const graph = new Map(rooms.map(({ manifest }) => [manifest.name, allNames(manifest).filter(isFamily)]));
    expect(cycleIn(graph)).toEqual([]);
  });
});

/** Returns the packages that are left when those without dependencies are taken away again and again. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const left = new Map(graph);
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [name, needs] of left) if (!needs.some((need) => left.has(need))) left.delete(name);
  }
  return [...left.keys()];
}

describe('cycleIn', () => {
  it('finds a cycle and nothing above or below it', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', ['b']],
      ['d', []],
    ]);
    expect(cycleIn(graph)).toEqual(['a', 'b', 'c']);
  });
});
