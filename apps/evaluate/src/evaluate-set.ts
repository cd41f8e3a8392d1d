import { type NetworkScores, scoreByBaselines, scoreByNetworks, type TaskScores } from './evaluate-task.ts';
import type { EvaluationSet } from './evaluation-set.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { MeasuredSeries } from './measured-series.ts';

/** A method with the figures of its runs, one for each seed that it has. */
export interface Method {
  readonly name: string;
  readonly runs: readonly Figures[];
}

/** A set with the figures of each method, a network's for each seed. */
export interface EvaluatedSet {
  readonly set: EvaluationSet;
  readonly tasks: number;
  /** The suggested one first. */
  readonly networks: readonly Method[];
  readonly baselines: readonly Method[];
  /** The suggested network by other scorers. */
  readonly scorers: readonly Method[];
  /** The suggested network at other thresholds. */
  readonly thresholds: readonly Method[];
  readonly seconds: number;
}

/** Evaluates networks, by seeds, and baselines on all tasks of a set. */
export async function evaluateSet(
  set: EvaluationSet,
  folder: string,
  { seeds, onTask }: { readonly seeds: readonly number[]; readonly onTask?: (text: string) => void },
): Promise<EvaluatedSet> {
  const from = performance.now();
  const tasks = await set.read(folder);
  const runs: NetworkScores[][] = [];
  for (const seed of seeds) {
    const scored: NetworkScores[] = [];
    for (const task of tasks) {
      scored.push(await scoreByNetworks(set, task, seed));
      onTask?.(`${set.name}: seed ${seed}, ${scored.length} of ${tasks.length}`);
    }
    runs.push(scored);
  }
  const baselines: TaskScores[] = [];
  for (const task of tasks) baselines.push(await scoreByBaselines(set, task));
  const ofNetworks = (part: keyof NetworkScores) =>
    methodsOf(runs.map((scored) => scored.map((each) => each[part])));
  return {
    set,
    tasks: tasks.length,
    networks: ofNetworks('networks'),
    baselines: methodsOf([baselines]),
    scorers: ofNetworks('scorers'),
    thresholds: ofNetworks('thresholds'),
    seconds: (performance.now() - from) / 1000,
  };
}

/** The figures of each method that all tasks have in all runs; rows of a task may be too few for one. */
function methodsOf(runs: readonly (readonly TaskScores[])[]): readonly Method[] {
  const names = [...runs[0]![0]!.keys()];
  const everywhere = names.filter((name) => runs.every((tasks) => tasks.every((task) => task.has(name))));
  return everywhere.map((name) => ({
    name,
    runs: runs.map((tasks) => figuresOf(tasks.map((task): readonly MeasuredSeries[] => task.get(name)!))),
  }));
}
