import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import type { Machine } from './machine.ts';
import { runProgram } from './run-program.ts';
import { type SetupErrorCode, setupError } from './setup-error.ts';

/** One of the programs that the addon is built with. */
export interface BuildTool {
  readonly name: string;
  /** The error for its lack. */
  readonly code: SetupErrorCode;
  /** What runs it, or undefined where it is missing. */
  find(machine: Machine): Promise<string | undefined>;
}

/** The programs that the addon is built with, in the order in which they are looked for. */
export const buildTools: Readonly<Record<'python' | 'pip' | 'compiler' | 'make' | 'nodeGyp', BuildTool>> = {
  python: {
    name: 'Python',
    code: 'RETRACE_SETUP_NO_PYTHON',
    find: (machine) =>
      firstThatRuns(machine, ['python3', 'python'], ['-c', 'import sys; assert sys.version_info >= (3, 9)']),
  },
  pip: {
    name: 'pip',
    code: 'RETRACE_SETUP_NO_PIP',
    async find(machine) {
      const python = await buildTools.python.find(machine);
      return (
        python && (await firstThatRuns(machine, [python], ['-m', 'pip', '--version'])) && `${python} -m pip`
      );
    },
  },
  compiler: {
    name: 'C++ compiler',
    code: 'RETRACE_SETUP_NO_COMPILER',
    find: (machine) =>
      firstThatRuns(machine, machine.environment.CXX ? [machine.environment.CXX] : ['g++', 'c++'], [
        '--version',
      ]),
  },
  make: {
    name: 'make',
    code: 'RETRACE_SETUP_NO_COMPILER',
    find: (machine) => firstThatRuns(machine, ['make'], ['--version']),
  },
  nodeGyp: {
    name: 'node-gyp',
    code: 'RETRACE_SETUP_NO_NODE_GYP',
    find: async ({ environment }) => nodeGypOf(environment),
  },
};

/**
 * Returns what runs a tool.
 *
 * @throws The tool's own error where it is missing.
 */
export async function requireTool(machine: Machine, tool: BuildTool): Promise<string> {
  const found = await tool.find(machine);
  if (!found) throw setupError(tool.code, `${tool.name} was not found`, { tool: tool.name });
  return found;
}

async function firstThatRuns(
  machine: Machine,
  programs: readonly string[],
  argv: readonly string[],
): Promise<string | undefined> {
  for (const program of programs) {
    const { succeeded } = await runProgram(machine, program, argv, { timeout: 60_000 });
    if (succeeded) return program;
  }
  return undefined;
}

/** The node-gyp that npm brings: where a package manager that runs us says, or beside the `npm` of the PATH. */
function nodeGypOf({ npm_config_node_gyp: told, PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  const npms = PATH.split(delimiter)
    .map((folder) => join(folder, 'npm'))
    .filter((path) => existsSync(path));
  const beside = npms.map((npm) =>
    join(dirname(realpathSync(npm)), '../node_modules/node-gyp/bin/node-gyp.js'),
  );
  return [...(told ? [told] : []), ...beside].find((path) => existsSync(path));
}
