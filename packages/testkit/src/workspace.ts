import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { importsOf } from './imports-of.ts';

type Dependencies = Readonly<Record<string, string>>;

export interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  /** What the package's own `#` names stand for: one module, or one for each condition. */
  readonly imports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
}

interface SourceFile {
  /** Relative to the package's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  readonly isTest: boolean;
}

/** A package or an app of the workspace, with its TypeScript sources. */
export interface Room {
  /** Relative to the workspace, such as `packages/ops`. */
  readonly folder: string;
  readonly manifest: Manifest;
  readonly sources: readonly SourceFile[];
}

/** The folder of the workspace. */
export const workspaceRoot: string = fileURLToPath(new URL('../../..', import.meta.url));

/** Reads every package and app of the workspace. */
export function readWorkspace(root: string = workspaceRoot): Room[] {
  const folders = ['packages', 'apps']
    .filter((group) => existsSync(join(root, group)))
    .flatMap((group) => readdirSync(join(root, group)).map((name) => `${group}/${name}`));
  return folders
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({
      folder,
      manifest: readManifest(join(root, folder)),
      sources: readSources(join(root, folder)),
    }));
}

/** Reads the package.json of a folder. */
export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function readSources(folder: string): SourceFile[] {
  const src = join(folder, 'src');
  if (!existsSync(src)) return [];
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((name) => join(src, name))
    .filter((path) => path.endsWith('.ts') && statSync(path).isFile())
    .map((path) => {
      const text = readFileSync(path, 'utf8');
      const name = relative(folder, path).replaceAll('\\', '/');
      return { path: name, text, imports: importsOf(text), isTest: name.endsWith('.test.ts') };
    });
}
