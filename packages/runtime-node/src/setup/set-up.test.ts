import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import type { Machine } from './machine.ts';
import { setUp } from './set-up.ts';

let root: string;
let machine: Machine;

/** Programs that stand for the real ones: pip and the unpacking write what those write, and log that they were called. */
const programs = {
  python3: `case "$*" in
    *"pip download"*) echo download >> "$LOG"; echo wheel > "$TFJS/.retrace-setup/tensorflow_cpu.whl" ;;
    *zipfile*) echo unpack >> "$LOG"
      /bin/mkdir -p "$4/tensorflow/include"
      echo cc > "$4/tensorflow/libtensorflow_cc.so.2"
      echo framework > "$4/tensorflow/libtensorflow_framework.so.2" ;;
  esac`,
  'g++': '',
  make: '',
};
const nodeGyp = `const fs = require('node:fs');
fs.appendFileSync(process.env.LOG, 'build\\n');
for (const name of ['include', 'lib/libtensorflow.so', 'lib/libtensorflow_framework.so']) fs.statSync('deps/' + name);
fs.mkdirSync('lib/napi-v8', { recursive: true });
fs.mkdirSync('build');
fs.writeFileSync('lib/napi-v8/tfjs_binding.node', '');`;
/** The addon loads once it has been built. */
const verifying = `require('node:fs').statSync(process.env.TFJS + '/lib/napi-v8/tfjs_binding.node'); console.log('TensorFlow');`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'retrace-setup-'));
  const tfjsNode = join(root, 'tfjs-node');
  const path = join(root, 'bin');
  for (const folder of [join(tfjsNode, 'scripts'), path]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(tfjsNode, 'package.json'), '{}');
  writeFileSync(join(tfjsNode, 'scripts/install.js'), 'throw new Error("the download is gone")');
  writeFileSync(join(root, 'node-gyp.js'), nodeGyp);
  const environment = {
    PATH: path,
    LOG: join(root, 'log'),
    TFJS: tfjsNode,
    npm_config_node_gyp: join(root, 'node-gyp.js'),
  };
  machine = {
    ...{ platform: 'linux', arch: 'x64', glibc: true, environment, tfjsNode, verifying: ['-e', verifying] },
    freeBytes: () => Promise.resolve(3e9),
  };
  for (const [name, body] of Object.entries(programs)) program(name, body);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function program(name: string, body: string): void {
  writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

function calls(): string[] {
  const log = join(root, 'log');
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
}

async function linesOf(options: { wheelOnly?: boolean } = {}): Promise<string[]> {
  const lines: string[] = [];
  await setUp(machine, { ...options, onProgress: (line) => lines.push(line) });
  return lines;
}

// Stubs of programs are shell scripts, and the wheel is one of Linux.
describe.skipIf(process.platform === 'win32')('setUp(machine)', () => {
  it("builds from the wheel where tfjs-node's own install fails, and leaves nothing but what runs", async () => {
    const lines = await linesOf();
    expect(lines).toContain('It failed: throw new Error("the download is gone")');
    expect(lines.at(-1)).toBe('The addon loads: TensorFlow');
    expect(calls()).toEqual(['download', 'unpack', 'build']);
    const { tfjsNode } = machine;
    expect(readdirSync(tfjsNode!).sort()).toEqual(['deps', 'lib', 'package.json', 'scripts']);
    expect(readdirSync(join(tfjsNode!, 'deps'))).toEqual(['lib']);
    expect(readFileSync(join(tfjsNode!, 'deps/lib/libtensorflow.so'), 'utf8')).toBe('cc\n');
    expect(readFileSync(join(tfjsNode!, 'deps/lib/libtensorflow_framework.so'), 'utf8')).toBe('framework\n');
  });

  it('does nothing where the addon loads', async () => {
    await linesOf();
    expect(await linesOf()).toEqual(['The addon loads: TensorFlow']);
    expect(calls()).toHaveLength(3);
  });

  it("is done where tfjs-node's own install succeeds, and sets its package.json back", async () => {
    const install = `const fs = require('node:fs'); fs.writeFileSync('package.json', 'changed');
      fs.mkdirSync('lib/napi-v8', { recursive: true }); fs.writeFileSync('lib/napi-v8/tfjs_binding.node', '');`;
    writeFileSync(join(machine.tfjsNode!, 'scripts/install.js'), install);
    expect((await linesOf()).at(-1)).toBe('The addon loads: TensorFlow');
    expect(calls()).toEqual([]);
    expect(readFileSync(join(machine.tfjsNode!, 'package.json'), 'utf8')).toBe('{}');
  });

  it("leaves tfjs-node's own install out where only the wheel is asked for", async () => {
    expect((await linesOf({ wheelOnly: true })).join()).not.toContain('own install');
  });

  it('goes on after an interruption at any point', async () => {
    // What a setup that was killed leaves, at worst: half of the unpacked, half of deps, half a build.
    const { tfjsNode } = machine;
    for (const folder of ['.retrace-setup/unpacked/tensorflow', 'deps/lib', 'lib'])
      mkdirSync(join(tfjsNode!, folder), { recursive: true });
    writeFileSync(join(tfjsNode!, 'deps/lib/libtensorflow.so'), 'half');
    expect((await linesOf({ wheelOnly: true })).at(-1)).toBe('The addon loads: TensorFlow');
    expect(readFileSync(join(tfjsNode!, 'deps/lib/libtensorflow.so'), 'utf8')).toBe('cc\n');
  });

  it('removes what a setup left that was killed while it removed', async () => {
    await linesOf();
    mkdirSync(join(machine.tfjsNode!, '.retrace-setup'));
    mkdirSync(join(machine.tfjsNode!, 'deps/include'));
    await linesOf();
    expect(readdirSync(machine.tfjsNode!).sort()).toEqual(['deps', 'lib', 'package.json', 'scripts']);
    expect(readdirSync(join(machine.tfjsNode!, 'deps'))).toEqual(['lib']);
  });

  const pip = (says: string) => () =>
    program('python3', `case "$*" in *"pip download"*) echo '${says}' >&2; exit 1 ;; esac`);
  const missing = (name: string) => () => rmSync(join(root, 'bin', name));
  const on = (changes: Partial<Machine>) => () => {
    machine = { ...machine, ...changes };
  };
  it.each<[string, string, () => void, RegExp]>([
    ['tfjs-node', 'RETRACE_SETUP_NO_PACKAGE', on({ tfjsNode: undefined }), /npm install --ignore-scripts/],
    ['Python', 'RETRACE_SETUP_NO_PYTHON', missing('python3'), /Python was not found\. Install Python/],
    [
      'pip',
      'RETRACE_SETUP_NO_PIP',
      () => program('python3', 'case "$*" in *pip*) exit 1 ;; esac'),
      /pip was not found\. Install pip/,
    ],
    [
      'a compiler',
      'RETRACE_SETUP_NO_COMPILER',
      missing('g++'),
      /C\+\+ compiler was not found.*build-essential/,
    ],
    ['make', 'RETRACE_SETUP_NO_COMPILER', missing('make'), /make was not found/],
    [
      'node-gyp',
      'RETRACE_SETUP_NO_NODE_GYP',
      () => on({ environment: { ...machine.environment, npm_config_node_gyp: undefined } })(),
      /node-gyp was not found\. Install npm/,
    ],
    [
      'a network',
      'RETRACE_SETUP_DOWNLOAD_FAILED',
      pip('ERROR: No matching distribution'),
      /No matching.*PIP_INDEX_URL/,
    ],
    [
      'the right wheel',
      'RETRACE_SETUP_WRONG_CHECKSUM',
      pip('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE'),
      /not the one that the index states/,
    ],
    [
      'space',
      'RETRACE_SETUP_NO_SPACE',
      on({ freeBytes: () => Promise.resolve(1e9) }),
      /takes 2 GB.*has 1\.0 GB left/,
    ],
    [
      'space for the wheel',
      'RETRACE_SETUP_NO_SPACE',
      pip('[Errno 28] No space left on device'),
      /could not write/,
    ],
    [
      'a wheel for the platform',
      'RETRACE_SETUP_UNSUPPORTED_PLATFORM',
      on({ platform: 'aix', arch: 'ppc64' }),
      /this is aix on ppc64/,
    ],
    [
      'glibc',
      'RETRACE_SETUP_UNSUPPORTED_PLATFORM',
      on({ glibc: false }),
      /this is linux on x64 without glibc/,
    ],
    [
      'a build that succeeds',
      'RETRACE_SETUP_BUILD_FAILED',
      () => writeFileSync(join(root, 'node-gyp.js'), 'console.log("a.cc:1: error: no"); process.exit(1)'),
      /a\.cc:1: error: no/,
    ],
    [
      'an addon that loads',
      'RETRACE_SETUP_NOT_LOADING',
      on({ verifying: ['-e', 'console.log("no symbol"); process.exit(1)'] }),
      /was built and does not load: no symbol/,
    ],
  ])('without %s fails with %s', async (_, code, take, message) => {
    take();
    const failure = linesOf({ wheelOnly: true });
    await expect(failure).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await expect(failure).rejects.toThrow(/or use `startWasm\(\)` of @retrace\/runtime-wasm/);
  });
});

describe.skipIf(process.platform === 'win32')('diagnose(machine)', () => {
  it('names what is missing where the addon does not load', async () => {
    rmSync(join(root, 'bin/make'));
    const { lines, loads } = await diagnose(machine);
    expect(loads).toBe(false);
    expect(lines.join('\n')).toMatch(/^addon +does not load: /m);
    expect(lines.slice(3)).toEqual([
      'To install it, `retrace-node setup` needs:',
      'Python        python3',
      'pip           python3 -m pip',
      'C++ compiler  g++',
      'make          missing',
      `node-gyp      ${join(root, 'node-gyp.js')}`,
      'space         3.0 GB of 2 GB',
    ]);
  });
  it('is brief where it loads', async () => {
    await setUp(machine);
    const { lines, loads } = await diagnose(machine);
    expect(loads).toBe(true);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe('addon         loads: TensorFlow');
  });
});
