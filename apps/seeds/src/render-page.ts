import type { Experiment } from './experiment.ts';
import { figureText } from './figure-text.ts';
import { falls, type Result } from './result.ts';

/** What is kept of an experiment's last run. */
export interface Report {
  readonly experiment: string;
  readonly seconds: number;
  readonly results: readonly Result[];
  readonly notes: readonly string[];
  readonly pictures: readonly { readonly name: string; readonly caption: string }[];
}

export interface Page {
  readonly versions: Readonly<Record<string, string>>;
  readonly sections: readonly { readonly experiment: Experiment; readonly report: Report }[];
}

/** Writes the reports as one page of Markdown. */
export function renderPage({ versions, sections }: Page): string {
  const bars = sections.flatMap(({ report }) => report.results).filter(({ pass }) => pass !== null);
  const passed = bars.filter(({ pass }) => pass).length;
  const made = Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  const head = [
    '# The published experiments, trained again',
    '',
    'Written by `npx -y pnpm@10.34.9 seeds`; not edited by hand. These trainings are tiny and vary with the seed, so each',
    'figure is the median over seeds with its range, and beside it stands that of Keras’s own runs of the same network',
    `(${made}, by \`apps/seeds/oracles/keras_seeds.py\`): a published figure is one draw. A row that fails stands only`,
    'where Keras’s own distribution fails the same bar.',
    '',
    `${passed} of ${bars.length} bars passed.`,
  ];
  return `${[...head, ...sections.flatMap(section)].join('\n')}\n`;
}

function section({ experiment, report }: Page['sections'][number]): string[] {
  const { title, setting, name } = experiment;
  const runs = Math.max(...report.results.map((result) => result.runs));
  const rows = report.results.map((result) =>
    [
      result.metric,
      result.published === null ? '' : figureText(result.published),
      spread(result),
      result.keras ? spread(result.keras) : '',
      result.bar ?? '',
      verdict(result),
    ].join(' | '),
  );
  return [
    '',
    `## ${title}`,
    '',
    `${setting} ${runs === 1 ? 'One run' : `${runs} seeds`}, ${Math.ceil(report.seconds)} s; \`--only ${name}\`.`,
    '',
    '| figure | published | ours | Keras | bar | |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    ...report.notes.flatMap((note) => ['', note]),
    ...report.pictures.flatMap(({ name, caption }) => ['', `![${caption}](seeds/${name}.svg)`]),
  ];
}

function spread({ median, min, max }: { median: number; min: number; max: number }): string {
  return min === max
    ? figureText(median)
    : `${figureText(median)} (${figureText(min)} to ${figureText(max)})`;
}

function verdict(result: Result): string {
  if (result.pass === null) return '';
  if (result.pass) return 'pass';
  return falls(result) ? '**FAIL**' : 'fail, as Keras';
}
