import { htmlReport, type SeriesView } from '@retrace/report';
import type { EvaluationSet } from './evaluation-set.ts';
import { networksFor } from './networks.ts';
import { suggestionFor } from './suggestion-for.ts';
import { trainNetwork } from './train-network.ts';

/** The most series on a page. */
const most = 4;

/** Draws what the suggested network, of seed 0, makes of the test rows of each task: one page that opens offline. */
export async function plotSet(set: EvaluationSet, folder: string): Promise<string> {
  const series: SeriesView[] = [];
  const tasks = await set.read(folder);
  for (const task of tasks) {
    if (series.length >= most) break;
    const suggestion = suggestionFor(set, task);
    const [network] = networksFor(suggestion, set.labelled === 'series');
    const trained = await trainNetwork(network!, suggestion, task, 0);
    try {
      const detector = await trained.detectorBy(suggestion.detector.scorer);
      for (const each of task.test.slice(0, most - series.length)) {
        const scores = await detector.score(each);
        const { reconstruction, scores: score, thresholds: threshold } = scores;
        series.push({ ...each, reconstruction, score, threshold, anomalies: detector.anomaliesIn(scores) });
      }
    } finally {
      trained.dispose();
    }
  }
  return htmlReport({
    title: set.title,
    summary: [
      ['tasks', String(tasks.length)],
      ['series drawn', String(series.length)],
    ],
    notes: [set.protocol],
    tables: [],
    series,
    generatedBy: 'evaluate',
  });
}
