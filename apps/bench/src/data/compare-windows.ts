import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { digits, markdown, percent } from '../markdown.ts';
import { median } from '../median.ts';
import { python } from '../python-peer.ts';
import { sizes, type WindowTask, windowTasks } from './window-tasks.ts';

/** One task of ours beside numpy's. */
interface WindowComparison {
  readonly name: string;
  readonly what: string;
  /** Milliseconds, the median of the rounds. */
  readonly ms: number;
  readonly numpyMs?: number;
  /** Ours over numpy's, the median of the rounds, the smallest and the largest. */
  readonly ratio?: readonly [middle: number, low: number, high: number];
}

export interface WindowComparisons {
  /** Absent where it is not installed. */
  readonly numpy?: string;
  readonly tasks: readonly WindowComparison[];
}

const program = fileURLToPath(new URL('../../peers/windows.py', import.meta.url));

/** Times what is done with windows, ours and numpy's in turns. */
export function compareWindows(rounds: number): WindowComparisons {
  const tasks = windowTasks();
  for (const task of tasks) milliseconds(task);
  const ours = tasks.map((): number[] => []);
  const theirs: Record<string, number>[] = [];
  let numpy: string | undefined;
  for (let round = 0; round < rounds; round++) {
    for (const [k, task] of tasks.entries()) ours[k]!.push(milliseconds(task));
    if (!existsSync(python)) continue;
    const printed = execFileSync(python, [program, ...Object.values(sizes).map(String)], {
      encoding: 'utf8',
    });
    const { version, ...taken } = JSON.parse(printed) as { version: string } & Record<string, number>;
    numpy = version;
    theirs.push(taken as Record<string, number>);
  }
  return {
    ...(numpy !== undefined && { numpy }),
    tasks: tasks.map(({ name, what }, k) => {
      const ms = median(ours[k]!);
      if (numpy === undefined) return { name, what, ms };
      const ratios = ours[k]!.map((each, round) => each / theirs[round]![name]!);
      return {
        name,
        what,
        ms,
        numpyMs: median(theirs.map((taken) => taken[name]!)),
        ratio: [median(ratios), Math.min(...ratios), Math.max(...ratios)],
      };
    }),
  };
}

/** The comparisons as a Markdown table. */
export function windowsTable({ tasks }: WindowComparisons): string {
  const copy = tasks.find(({ name }) => name === 'copy')!.ms;
  const lines = tasks.map(({ name, what, ms, numpyMs, ratio }) => [
    what,
    digits(ms),
    numpyMs === undefined ? '–' : digits(numpyMs),
    ratio ? `**${digits(ratio[0])}**, ${digits(ratio[1])} to ${digits(ratio[2])}` : '–',
    name === 'gather' ? percent(copy / ms) : '',
  ]);
  return markdown(['task', 'ours, ms', 'numpy, ms', 'ratio, spread', 'of the speed of a copy'], lines);
}

/** The median of as many runs as take 0.2 s, at least 5. */
function milliseconds({ run }: WindowTask): number {
  const taken: number[] = [];
  for (let total = 0; total < 200 || taken.length < 5; ) {
    const began = performance.now();
    run();
    taken.push(performance.now() - began);
    total += taken.at(-1)!;
  }
  return median(taken);
}
