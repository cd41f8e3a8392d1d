import type { Comparison } from './compare.ts';
import { shapes } from './shapes.ts';

const digits = (x: number) => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

/** The comparisons as a Markdown table: a line a shape and phase, a column a library. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const names = [...new Set(comparisons.map(({ peer }) => peer))];
  const header = ['shape', 'step', 'ours, ms', ...names.map((name) => `${name}, ms (ratio, spread)`)];
  const keys = [...new Set(comparisons.map(({ shape, phase }) => `${shape} ${phase}`))];
  const lines = keys.map((key) => {
    const ofKey = comparisons.filter(({ shape, phase }) => `${shape} ${phase}` === key);
    const { shape, phase, ms } = ofKey[0]!;
    const cells = names.map((name) => {
      const found = ofKey.find(({ peer }) => peer === name);
      if (!found) return '–';
      const [low, high] = found.spread.map(digits);
      return `${digits(found.peerMs)} (**${digits(found.ratio)}**, ${low} to ${high})`;
    });
    return [shape, phase, digits(ms), ...cells];
  });
  return markdown([header, header.map(() => '---'), ...lines]);
}

/** The shapes as a Markdown table. */
export function shapeTable(): string {
  const lines = Object.entries(shapes).map(([name, shape]) => [name, ...Object.values(shape).map(String)]);
  const header = ['shape', 'timesteps', 'features', 'units', 'batch'];
  return markdown([header, header.map(() => '---'), ...lines]);
}

function markdown(rows: readonly (readonly string[])[]): string {
  return `${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;
}
