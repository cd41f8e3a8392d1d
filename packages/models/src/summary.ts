import { weightSpecs } from './architecture.ts';
import { parseSpec } from './parse-spec.ts';
import type { ModelSpec } from './spec.ts';
import { shapeText } from './stage.ts';
import { stages } from './stages.ts';
import type { WeightSpec } from './weight-spec.ts';

/**
 * Describes a model as a table, as Keras's `summary`: one line a layer with its output shape, its number of weights
 * and, where layers are not a mere chain, what it reads; then the totals.
 *
 * @throws `RETRACE_MODEL_SPEC` if the spec is not valid.
 */
export function summary(spec: ModelSpec): string {
  parseSpec(spec);
  const weights = weightSpecs(spec);
  const all = stages(spec);
  const chain = all.every(({ inputs }, index) => inputs.every(({ from }) => from === all[index - 1]?.name));
  const rows = all.map((stage) => {
    const own = weights.filter(({ name }) => name.startsWith(`${stage.name}/`));
    const reads = stage.inputs.map(({ from, kind }) => (kind === 'state' ? `state of ${from}` : from));
    return [stage.name, stage.what, shapeText(stage), count(own), ...(chain ? [] : [reads.join(', ')])];
  });
  const table = [['layer', 'what', 'output', 'weights', ...(chain ? [] : ['reads'])], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => (column === 3 ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  );
  const frozen = weights.filter(({ trainable = true }) => !trainable);
  const trainable = weights.filter((weight) => !frozen.includes(weight));
  return [...lines, `${count(weights)} weights: ${count(trainable)} trainable, ${count(frozen)} frozen`].join(
    '\n',
  );
}

function count(weights: readonly WeightSpec[]): string {
  return weights
    .reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0)
    .toLocaleString('en-US');
}
