import type { Machine } from './machine.ts';
import { type Ending, lastLines, runProgram } from './run-program.ts';

/** Whether the addon loads and computes, found out in a process of its own, which a broken library may end. */
export async function probeAddon(machine: Machine): Promise<{ loads: boolean; says: string }> {
  const { succeeded, output }: Ending = await runProgram(machine, process.execPath, machine.verifying, {
    timeout: 120_000,
  });
  return { loads: succeeded, says: lastLines(output, 1) };
}
