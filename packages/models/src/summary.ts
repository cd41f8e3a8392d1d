import { weightSpecs } from './architecture.ts';
import { countParameters, parseSpec } from './parse-spec.ts';
import type { ModelSpec } from './spec.ts';
import { stages } from './stages.ts';

/**
 * Describes a model as a table: one line a layer with its output shape and number of weights, then the total.
 *
 * @throws `RETRACE_MODEL_SPEC` if the spec is not valid.
 */
export function summary(spec: ModelSpec): string {
  parseSpec(spec);
  const weights = weightSpecs(spec);
  const rows = stages(spec).map(({ name, what, shape }) => {
    const own = weights.filter((weight) => weight.name.startsWith(`${name}/`));
    const count = own.reduce((sum, weight) => sum + weight.shape.reduce((a, b) => a * b, 1), 0);
    return [name, what, `[${['batch', ...shape].join(', ')}]`, count.toLocaleString('en-US')];
  });
  const header = ['layer', 'what', 'output', 'weights'];
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]!.length), title.length),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === 3 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.map(line), `${countParameters(spec).toLocaleString('en-US')} weights`].join(
    '\n',
  );
}
