import type { ReportTable } from '@retrace/report';
import { formatTable } from './format-table.ts';
import type { MethodFigures } from './method-figures.ts';
import { metricsTable } from './metrics-table.ts';
import { nearnessTable } from './nearness-table.ts';
import { networkVerdict } from './network-verdict.ts';

/** Writes what labels say about a network, first, and baselines, with whether the network pays. */
export function metricsText(
  results: readonly MethodFigures[],
  { title, lookback }: { readonly title: string; readonly lookback: number },
): string {
  const told = verdictOn(results);
  return [
    tableText(metricsTable(results, title), told && `${told}\n`),
    tableText(nearnessTable(results, { lookback })),
  ].join('\n');
}

/** Says whether the first of some methods, a network, pays beside the others. */
export function verdictOn(results: readonly MethodFigures[]): string {
  const [network, ...baselines] = results.map(({ name, evaluation: { averagePrecision } }) => ({
    name,
    averagePrecision,
  }));
  return networkVerdict(network!, baselines);
}

function tableText(table: ReportTable, verdict = ''): string {
  return `${table.title}:\n${formatTable(table)}${verdict}${table.note}\n`;
}
