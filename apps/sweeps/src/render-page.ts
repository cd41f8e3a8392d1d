import { type FinishedTrial, type Trial, trialTable } from '@retrace/sweep';
import type { RealSet } from './real-sets.ts';
import type { SweptSet } from './swept-set.ts';

/** A set with what its sweep gave. */
export interface Section {
  readonly set: RealSet;
  readonly swept: SweptSet;
  readonly seconds: number;
}

/** Writes the sweeps as one page of Markdown. */
export function renderPage(sections: readonly Section[], folds: number): string {
  const head = [
    '# Sweeps over lookback and units',
    '',
    `Written by \`npx -y pnpm@10.34.9 sweeps\`; not edited by hand. Each trial is trained ${folds} times, with each of ${folds} blocks`,
    'of consecutive training rows held out once, in worker threads of one core each, and trials are ranked by the',
    'mean validation loss: the squared error per cell in units of the standard scaler, fitted on the rows that train. Its ± is',
    'the standard deviation over the blocks, which differ from one another more than trials do. A short window is easier to pass',
    'through a given width than a long one, so that the loss alone favours it. AP, ROC-AUC and F1 are means over the detectors',
    'on labelled rows that chose nothing.',
  ];
  return `${[...head, ...sections.flatMap(section)].join('\n')}\n`;
}

function section({ set: { name, title, text }, swept, seconds }: Section): string[] {
  const { trials, best, ensemble } = swept;
  const { columns, rows } = trialTable(trials);
  const fits = trials.reduce((sum, trial) => sum + (trial.error ? 0 : trial.fits.length), 0);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    '',
    `## ${title}`,
    '',
    `${text} ${fits} trainings in ${Math.ceil(seconds)} s.`,
    '',
    `![Validation loss over lookback, a curve for each width](sweep/${name}.svg)`,
    '',
    row(columns),
    row(columns.map(() => '---')),
    ...rows.map((cells) => row(cells.map(cellText))),
    '',
    ...conclusions(trials, best, ensemble),
  ];
}

function conclusions(
  trials: readonly Trial[],
  best: FinishedTrial,
  ensemble: SweptSet['ensemble'],
): string[] {
  const precision = (trial: Trial): number => (trial.error ? 0 : (trial.metrics.averagePrecision?.mean ?? 0));
  const [sharpest] = [...trials].sort((a, b) => precision(b) - precision(a));
  const place = trials.indexOf(sharpest!) + 1;
  const choice =
    place === 1
      ? 'The trial of the lowest loss also ranks the labelled rows best.'
      : `By average precision, which nobody sees without labels, the trial in row ${place} would come first: to retrace well is not yet to find faults.`;
  const members = best.fits.map(({ metrics }) => metrics.averagePrecision ?? 0);
  const together =
    `The ${best.files.length} detectors of the first trial have an average precision of ${members.map((ap) => ap.toFixed(3)).join(', ')}, ` +
    `their ensemble ${(ensemble.averagePrecision ?? 0).toFixed(3)} (by chance ${(ensemble.labelledShare ?? 0).toFixed(3)}).`;
  return [choice, together];
}

function cellText(cell: string | number | null): string {
  if (typeof cell !== 'number') return cell ?? '';
  return Number.isInteger(cell) ? String(cell) : cell.toPrecision(3);
}
