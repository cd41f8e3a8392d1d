import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { systemCode } from './system-code.ts';

/** The process that has made a file, as told by the file's name. */
export interface Writer {
  readonly pid: number;
  /** Differs between two processes that had the same number, one after the other; empty where that is unknown. */
  readonly birth: string;
  readonly host: string;
}

export function thisProcess(): Writer {
  return { pid: process.pid, birth: lifeOf(process.pid)?.birth ?? '', host: thisHost() };
}

/** This computer's name, as far as a file's name can carry it. */
export function thisHost(): string {
  return (
    hostname()
      .replace(/[^\w.-]/g, '_')
      .slice(0, 128) || 'unnamed'
  );
}

/**
 * Tells whether a process still runs; of another host's nothing is known. Processes of one host name must see each
 * other's numbers, as they do anywhere but in containers that share a host name.
 */
export function fateOf({ pid, birth, host }: Writer): 'alive' | 'dead' | 'elsewhere' {
  if (host !== thisHost()) return 'elsewhere';
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    if (systemCode(error) === 'ESRCH') return 'dead';
  }
  const life = lifeOf(pid);
  if (!life) return 'alive';
  // A restarted container gives its main process the number of the one before.
  const isAnother = birth !== '' && birth !== life.birth;
  return life.ended || isAnother ? 'dead' : 'alive';
}

/** What Linux tells of a process: proc(5), `/proc/pid/stat`, field 3, its state, and 22, its start since boot. */
function lifeOf(pid: number): { birth: string; ended: boolean } | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 2 is the program's name in parentheses, which may contain anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const birth = createHash('sha256').update(`${boot} ${fields[19]}`).digest('hex').slice(0, 12);
    return { birth, ended: fields[0] === 'Z' || fields[0] === 'X' };
  } catch {
    return undefined;
  }
}
