import { randomBytes } from 'node:crypto';
import { fateOf, thisProcess, type Writer } from './writer.ts';

/** A file that says by its name what it is and who made it, and so is never there without saying it. */
export interface WriterFile {
  readonly name: string;
  readonly kind: 'lock' | 'write';
  readonly writer: Writer;
}

const pattern = /^\.(lock|write)\.([1-9]\d{0,8})\.([\da-f]*)\.[\da-f]{16}\.(.+)$/;

/** Returns a name that no other file has or has had. It begins with a dot, which no content's name does. */
export function writerFileName(kind: WriterFile['kind']): string {
  const { pid, birth, host } = thisProcess();
  return `.${kind}.${pid}.${birth}.${randomBytes(8).toString('hex')}.${host}`;
}

/** Reads a name of {@link writerFileName}; undefined of any other. */
export function parseWriterFileName(name: string): WriterFile | undefined {
  const [, kind, pid, birth, host] = pattern.exec(name) ?? [];
  if (host === undefined) return undefined;
  return { name, kind: kind as WriterFile['kind'], writer: { pid: Number(pid), birth: birth!, host } };
}

/** Tells whether nobody needs the file any more; of another host's, `takeOver` says so. */
export function isAbandoned({ writer }: WriterFile, takeOver: boolean): boolean {
  const fate = fateOf(writer);
  return fate === 'dead' || (fate === 'elsewhere' && takeOver);
}
