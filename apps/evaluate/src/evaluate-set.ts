import { scoreByBaselines, scoreByNetwork, type TaskScores } from './evaluate-task.ts';
import type { EvaluationSet } from './evaluation-set.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { MeasuredSeries } from './measured-series.ts';

/** A set with the figures of each method, a network's for each seed. */
export interface EvaluatedSet {
  readonly set: EvaluationSet;
  readonly tasks: number;
  readonly methods: readonly { readonly name: string; readonly runs: readonly Figures[] }[];
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
  const runs = new Map<string, Figures[]>();
  const add = (scored: readonly TaskScores[]): void => {
    for (const name of scored[0]!.keys()) {
      const ofTasks = scored.map((each): readonly MeasuredSeries[] => each.get(name)!);
      runs.set(name, [...(runs.get(name) ?? []), figuresOf(ofTasks)]);
    }
  };
  for (const seed of seeds) {
    const scored: TaskScores[] = [];
    for (const task of tasks) {
      scored.push(await scoreByNetwork(set, task, seed));
      onTask?.(`${set.name}: seed ${seed}, ${scored.length} of ${tasks.length}`);
    }
    add(scored);
  }
  const baselines: TaskScores[] = [];
  for (const task of tasks) baselines.push(await scoreByBaselines(set, task));
  add(baselines);
  const methods = [...runs].map(([name, figures]) => ({ name, runs: figures }));
  return { set, tasks: tasks.length, methods, seconds: (performance.now() - from) / 1000 };
}
