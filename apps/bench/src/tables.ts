import type { KernelSpeed } from '@retrace/runtime-wasm/kernel-speed';
import type { Comparison } from './compare.ts';
import { flops } from './flops.ts';
import type { Footprint } from './footprint.ts';
import type { Growth } from './growth.ts';
import { digits, markdown, megabytes, percent } from './markdown.ts';
import { type Shape, shapes } from './shapes.ts';

/** The comparisons as a Markdown table: a line a shape and phase, a column a library. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const names = [...new Set(comparisons.map(({ peer }) => peer))];
  const lines = byStep(comparisons).map((ofStep) => {
    const { shape, phase, ms } = ofStep[0]!;
    const cells = names.map((name) => {
      const found = ofStep.find(({ peer }) => peer === name);
      if (!found) return '–';
      const [low, high] = found.spread.map(digits);
      return `${digits(found.peerMs)} (**${digits(found.ratio)}**, ${low} to ${high})`;
    });
    return [shape, phase, digits(ms), ...cells];
  });
  return markdown(
    ['shape', 'step', 'ours, ms', ...names.map((name) => `${name}, ms (ratio, spread)`)],
    lines,
  );
}

/** What each step does a second, beside what this engine's vectors can do at most. */
export function throughputTable(comparisons: readonly Comparison[], { peak }: KernelSpeed): string {
  const lines = byStep(comparisons).map(([comparison]) => {
    const { shape, phase, ms, threads } = comparison!;
    const operations = flops(shapes[shape] as Shape, phase);
    const speed = operations / ms / 1e6;
    const share = percent(speed / (peak * threads));
    return [shape, phase, digits(operations / 1e6), digits(speed), share];
  });
  return markdown(['shape', 'step', 'MFLOP', 'GFLOP/s', 'of the peak'], lines);
}

/** The products of one thread beside the loop in registers. */
export function kernelTable({ peak, product, recurrent }: KernelSpeed, units: readonly number[]): string {
  const line = (name: string, speed: number) => [name, digits(speed), percent(speed / peak)];
  return markdown(
    ['one thread', 'GFLOP/s', 'of the peak'],
    [
      line('multiplications and additions in registers', peak),
      line('256 × 256 × 256', product),
      ...units.map((each, k) => line(`recurrent, ${each} units`, recurrent[k]!)),
    ],
  );
}

/** How time grows with each size. */
export function growthTable(growths: readonly Growth[]): string {
  const lines = growths.map(({ size, points, exponent }) => [
    size,
    points.map(({ value, ms }) => `${value}: ${digits(ms)}`).join(', '),
    digits(exponent),
  ]);
  return markdown(['size', 'its value: ms a training step', 'exponent'], lines);
}

/** What a fresh process takes. */
export function footprintTable(footprints: readonly Footprint[]): string {
  const lines = footprints.map(({ shape, firstStepMs, peakBytes, pytorchBytes }) => [
    shape,
    firstStepMs.toFixed(0),
    megabytes(peakBytes),
    pytorchBytes === undefined ? '–' : megabytes(pytorchBytes),
  ]);
  return markdown(['shape', 'import to first step, ms', 'peak memory', "PyTorch's"], lines);
}

/** The shapes as a Markdown table. */
export function shapeTable(): string {
  const lines = Object.entries(shapes).map(([name, shape]) => [name, ...Object.values(shape).map(String)]);
  return markdown(['shape', 'timesteps', 'features', 'units', 'batch'], lines);
}

const keyOf = ({ shape, phase }: Comparison) => `${shape} ${phase}`;

/** The comparisons of each shape and phase. */
function byStep(comparisons: readonly Comparison[]): Comparison[][] {
  const keys = [...new Set(comparisons.map(keyOf))];
  return keys.map((key) => comparisons.filter((comparison) => keyOf(comparison) === key));
}
