import type { DetectorScores } from '@retrace/detector';
import { type CsvColumn, toCsv } from '@retrace/tables';
import { timeText } from './time-text.ts';

/** Writes the scores of series as one CSV table, piece by piece; a row that no window covers has empty cells. */
export function* scoreCsv(scored: readonly DetectorScores[]): Generator<string> {
  const write = timeText(scored);
  for (const [index, scores] of scored.entries()) {
    const [header, ...rows] = toCsv(columnsOf(scores, write));
    if (index === 0) yield header!;
    yield* rows;
  }
}

function columnsOf(scored: DetectorScores, write: (time: number) => string): CsvColumn[] {
  const { id, time, scores, flags, features, contributions } = scored;
  return [
    { name: 'id', values: Array.from(time, () => id) },
    { name: 'time', values: Array.from(time, write) },
    { name: 'score', values: scores },
    {
      name: 'anomalous',
      values: scores.map((score, row) => (Number.isNaN(score) ? Number.NaN : flags[row]!)),
    },
    ...features.map((feature, k) => ({
      name: `contribution_${feature}`,
      values: scores.map((_, row) => contributions[row * features.length + k]!),
    })),
  ];
}
