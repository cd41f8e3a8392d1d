import { RetraceError } from '@retrace/errors';

/**
 * Loads an optional package.
 *
 * @throws `RETRACE_TABLE_PACKAGE` with the command that installs it, if it is missing.
 */
export async function loadPeer<T>(name: string, purpose: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const message = `${purpose} needs the package ${name}. Install it: \`npm install ${name}\`.`;
    throw new RetraceError('RETRACE_TABLE_PACKAGE', message, { missing: name }, { cause });
  }
}
