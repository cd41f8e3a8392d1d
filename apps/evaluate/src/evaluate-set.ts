import { scoreByBaselines, scoreByNetwork, type TaskScores } from './evaluate-task.ts';
import type { EvaluationSet } from './evaluation-set.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { MeasuredSeries } from './measured-series.ts';

/** A method with the figures of its runs, one for each seed that it has. */
export interface Method {
  readonly name: string;
  readonly network: boolean;
  readonly runs: readonly Figures[];
}

/** A set with the figures of each method, a network's for each seed. */
export interface EvaluatedSet {
  readonly set: EvaluationSet;
  readonly tasks: number;
  readonly methods: readonly Method[];
  readonly seconds: number;
}

/** Evaluates the network, by seeds, and the baselines on all tasks of a set. */
export async function evaluateSet(
  set: EvaluationSet,
  folder: string,
  { seeds, onTask }: { readonly seeds: readonly number[]; readonly onTask?: (text: string) => void },
): Promise<EvaluatedSet> {
  const from = performance.now();
  const tasks = await set.read(folder);
  const methods = new Map<string, { name: string; network: boolean; runs: Figures[] }>();
  const add = (scored: readonly TaskScores[], network: boolean): void => {
    for (const name of scored[0]!.keys()) {
      // A baseline is left out where the rows of a task are too short for it.
      if (!scored.every((each) => each.has(name))) continue;
      const ofTasks = scored.map((each): readonly MeasuredSeries[] => each.get(name)!);
      const method = methods.get(name) ?? { name, network, runs: [] };
      method.runs.push(figuresOf(ofTasks));
      methods.set(name, method);
    }
  };
  for (const seed of seeds) {
    const scored: TaskScores[] = [];
    for (const task of tasks) {
      scored.push(await scoreByNetwork(set, task, seed));
      onTask?.(`${set.name}: seed ${seed}, ${scored.length} of ${tasks.length}`);
    }
    add(scored, true);
  }
  const baselines: TaskScores[] = [];
  for (const task of tasks) baselines.push(await scoreByBaselines(set, task));
  add(baselines, false);
  return {
    set,
    tasks: tasks.length,
    methods: [...methods.values()],
    seconds: (performance.now() - from) / 1000,
  };
}
