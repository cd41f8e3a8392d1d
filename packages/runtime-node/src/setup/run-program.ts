import { spawn } from 'node:child_process';
import type { Machine } from './machine.ts';

/** How a program ended. */
export interface Ending {
  /** Whether it could be started and its exit code was 0. */
  readonly succeeded: boolean;
  /** All that it wrote, or why it could not be started. */
  readonly output: string;
}

/** Runs a program to its end, in `cwd`, and ends it after `timeout` milliseconds, an hour by default. */
export function runProgram(
  { environment }: Pick<Machine, 'environment'>,
  program: string,
  argv: readonly string[],
  { cwd, timeout = 3_600_000 }: { cwd?: string; timeout?: number } = {},
): Promise<Ending> {
  return new Promise((resolve) => {
    const child = spawn(program, argv, { cwd, env: environment, timeout, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', ({ message }) => resolve({ succeeded: false, output: message }));
    child.on('close', (code, signal) => {
      resolve({ succeeded: code === 0, output: signal ? `${output}\nended by ${signal}` : output });
    });
  });
}

/** The end of what a program wrote, for a message. */
export function lastLines(output: string, count = 3): string {
  const lines = output.split('\n').filter((line) => line.trim());
  return lines.slice(-count).join(' | ');
}

/** The first line in which a program speaks of an error, or its last line. */
export function firstError(output: string): string {
  return (
    output
      .split('\n')
      .find((line) => /\berror\b/i.test(line))
      ?.trim() ?? lastLines(output, 1)
  );
}
