import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

async function ran(...argv: string[]): Promise<{ exitCode: number; printed: string[]; errors: string[] }> {
  const printed: string[] = [];
  const errors: string[] = [];
  const output = {
    print: (line: string) => printed.push(line),
    printError: (line: string) => errors.push(line),
  };
  return { exitCode: await run(argv, output), printed, errors };
}

describe('run(argv)', () => {
  it('tells its commands when asked', async () => {
    const { exitCode, printed } = await ran('--help');
    expect(exitCode).toBe(0);
    expect(printed[0]).toMatch(/^Usage: retrace-node <command>/);
  });
  it.each([[[]], [['setpu']], [['doctor', '--wheel']]])(
    'refuses %j with its usage and exit code 2',
    async (argv) => {
      const { exitCode, printed, errors } = await ran(...argv);
      expect(exitCode).toBe(2);
      expect(printed).toEqual([]);
      expect(errors[0]).toMatch(/^Usage: /);
    },
  );
});
