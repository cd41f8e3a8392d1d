import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buildTools, requireTool } from './build-tools.ts';
import type { Machine } from './machine.ts';
import { firstError, lastLines, runProgram } from './run-program.ts';
import { setupError } from './setup-error.ts';

const version = '2.21.0';
/** The wheel, what is unpacked of it, and what the compiler makes. */
const neededBytes = 2e9;
const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;

/** Unpacks the two libraries and the headers of a wheel: argument 1 into folder, argument 2. */
const unpacking = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    wanted = [name for name in wheel.namelist() if name.startswith('tensorflow/include/')
              or name in (${libraries.map((name) => `'tensorflow/${name}'`).join(', ')})]
    wheel.extractall(sys.argv[2], wanted)
`;

const workFolder = '.retrace-setup';

/**
 * Builds the addon on the libtensorflow that the wheel of tensorflow-cpu holds. A wheel that is there already, whole, is
 * not downloaded again.
 *
 * @param folder Where tfjs-node is installed.
 * @throws one of the `RETRACE_SETUP_…` errors
 */
export async function buildFromWheel(
  machine: Machine,
  folder: string,
  onProgress: (line: string) => void,
): Promise<void> {
  const { platform, arch, glibc } = machine;
  if (platform !== 'linux' || arch !== 'x64' || !glibc) {
    const problem = `The wheel is one of Linux on x64 with glibc, and this is ${platform} on ${arch}${glibc ? '' : ' without glibc'}`;
    throw setupError('RETRACE_SETUP_UNSUPPORTED_PLATFORM', problem, { platform, arch, glibc });
  }
  const python = await requireTool(machine, buildTools.python);
  for (const tool of [buildTools.pip, buildTools.compiler, buildTools.make]) await requireTool(machine, tool);
  const nodeGyp = await requireTool(machine, buildTools.nodeGyp);
  const free = await machine.freeBytes(folder);
  if (free < neededBytes) {
    const problem = `Building takes ${neededBytes / 1e9} GB for a while, and ${folder} has ${(free / 1e9).toFixed(1)} GB left`;
    throw setupError('RETRACE_SETUP_NO_SPACE', problem, { folder, free, needed: neededBytes });
  }

  const work = join(folder, workFolder);
  await mkdir(work, { recursive: true });
  onProgress(`Downloading libtensorflow: the wheel of tensorflow-cpu ${version}, 274 MB.`);
  const wheel = await downloadWheel(machine, python, work);
  onProgress('Unpacking it.');
  const unpacked = join(work, 'unpacked');
  refuseFailure('unpacking the wheel', await runProgram(machine, python, ['-c', unpacking, wheel, unpacked]));
  await placeLibraries(join(unpacked, 'tensorflow'), join(folder, 'deps'));
  onProgress('Building the addon.');
  refuseFailure('building the addon', await buildAddon(machine, nodeGyp, folder));
}

/** Removes what {@link buildFromWheel} needed for building alone, and nothing where it was not at work. */
export async function removeLeftovers(folder: string): Promise<void> {
  if (!existsSync(join(folder, workFolder))) return;
  // The last is what says that there is something to remove.
  for (const name of ['deps/include', 'build', workFolder])
    await rm(join(folder, name), { recursive: true, force: true });
}

/** Downloads the wheel by pip, which holds it to the checksum that the index states, and returns its path. */
async function downloadWheel(machine: Machine, python: string, work: string): Promise<string> {
  // The wheels of all versions of Python hold the same libraries, and this one is asked of any Python's pip.
  const target = [
    '--python-version',
    '3.11',
    '--implementation',
    'cp',
    '--platform',
    'manylinux_2_27_x86_64',
  ];
  const only = ['--only-binary', ':all:', '--no-deps', '--disable-pip-version-check', '--dest', work];
  const argv = ['-m', 'pip', 'download', ...only, ...target, `tensorflow-cpu==${version}`];
  const { succeeded, output } = await runProgram(machine, python, argv);
  const wheel = (await readdir(work)).find((name) => name.endsWith('.whl'));
  if (succeeded && wheel) return join(work, wheel);
  const says = lastLines(output);
  if (/no space left/i.test(output))
    throw setupError('RETRACE_SETUP_NO_SPACE', `pip could not write the wheel: ${says}`);
  if (/do not match the hashes/i.test(output))
    throw setupError('RETRACE_SETUP_WRONG_CHECKSUM', 'The wheel is not the one that the index states', {
      says,
    });
  throw setupError(
    'RETRACE_SETUP_DOWNLOAD_FAILED',
    `pip could not download tensorflow-cpu ${version}: ${says}`,
    { says },
  );
}

/** Puts libraries and headers where tfjs-node's build looks for them, under the names it links by. */
async function placeLibraries(from: string, deps: string): Promise<void> {
  await rm(deps, { recursive: true, force: true });
  await mkdir(join(deps, 'lib'), { recursive: true });
  await rename(join(from, 'include'), join(deps, 'include'));
  for (const name of libraries) await rename(join(from, name), join(deps, 'lib', name));
  await symlink(libraries[0], join(deps, 'lib/libtensorflow.so'));
  await symlink(libraries[1], join(deps, 'lib/libtensorflow_framework.so'));
}

/** What `node-pre-gyp install --build-from-source` does, without its search for what to download. */
function buildAddon(machine: Machine, nodeGyp: string, folder: string): ReturnType<typeof runProgram> {
  const modulePath = join(folder, 'lib/napi-v8');
  const prefix = join(dirname(process.execPath), '..');
  // Else node-gyp downloads the headers.
  const headers = existsSync(join(prefix, 'include/node/node_api.h')) ? [`--nodedir=${prefix}`] : [];
  const argv = [
    ...[nodeGyp, 'rebuild', ...headers, `--module=${join(modulePath, 'tfjs_binding.node')}`],
    ...['--module_name=tfjs_binding', `--module_path=${modulePath}`, '--napi_build_version=8'],
  ];
  return runProgram(machine, process.execPath, argv, { cwd: folder });
}

function refuseFailure(what: string, { succeeded, output }: Awaited<ReturnType<typeof runProgram>>): void {
  if (succeeded) return;
  const says = firstError(output);
  if (/no space left/i.test(output))
    throw setupError('RETRACE_SETUP_NO_SPACE', `There was no space for ${what}: ${says}`);
  throw setupError('RETRACE_SETUP_BUILD_FAILED', `There was a failure in ${what}: ${says}`, { says });
}
