import { RetraceError } from '@retrace/errors';

const remedies = {
  RETRACE_SETUP_NO_PACKAGE: 'Run `npm install --ignore-scripts @tensorflow/tfjs-node@4.22.0` first',
  RETRACE_SETUP_UNSUPPORTED_PLATFORM: 'Install a build of tfjs-node for it by hand',
  RETRACE_SETUP_NO_PYTHON:
    'Install Python 3.9 or later, so that `python3` is on the PATH; it brings the library, nothing else',
  RETRACE_SETUP_NO_PIP: 'Install pip, by `python3 -m ensurepip` or the package python3-pip of the system',
  RETRACE_SETUP_NO_COMPILER:
    'Install a C++ compiler and make, such as the package build-essential of the system',
  RETRACE_SETUP_NO_NODE_GYP: 'Install npm, which brings node-gyp, so that `npm` is on the PATH',
  RETRACE_SETUP_NO_SPACE: 'Free some space',
  RETRACE_SETUP_DOWNLOAD_FAILED: 'Look at the network, or set PIP_INDEX_URL to an index that can be reached',
  RETRACE_SETUP_WRONG_CHECKSUM: 'Try again; if it stays so, do not trust the index',
  RETRACE_SETUP_BUILD_FAILED: 'Look at what the compiler says',
  RETRACE_SETUP_NOT_LOADING: 'Run `npx retrace-node doctor`',
} as const;

/** Why the setup could not go on. */
export type SetupErrorCode = keyof typeof remedies;

/** Makes an error of the setup, whose message ends with the remedy and with the runtime that needs no setup. */
export function setupError(
  code: SetupErrorCode,
  problem: string,
  details: Readonly<Record<string, unknown>> = {},
): RetraceError {
  return new RetraceError(
    code,
    `${problem}. ${remedies[code]}; or use \`startWasm()\` of @retrace/runtime-wasm, which needs nothing installed.`,
    details,
  );
}
