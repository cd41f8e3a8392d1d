import { describe, expect, it } from 'vitest';
import { classifier, composite, diagram, latentTarget, predict, reconstruct, sequence } from './index.ts';
import { stages } from './stages.ts';

const shape = { timesteps: 9, features: 2, units: [8, 4] };
const specs = [
  reconstruct({ ...shape, bottleneck: { units: 3 }, conditional: true }),
  predict({ ...shape, horizon: 4, bridge: 'state' }),
  composite({ ...shape, horizon: 8, shift: -8 }),
  composite({ ...shape, horizon: 8, bridge: 'state', conditional: true, reversed: true }),
  latentTarget({ ...shape, dense: [6] }),
  sequence(shape),
  classifier({ ...shape, classes: 3 }),
];
const numbers = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, ...groups]) => groups.map(Number));

describe.each(specs.map((spec) => [spec.kind, spec] as const))('diagram of %s', (_, spec) => {
  const drawn = stages(spec);
  const arrows = drawn.flatMap(({ inputs }) => inputs);
  const dashed = arrows.filter(({ kind = 'data' }) => kind !== 'data');

  it('as SVG has a box a stage, none over another, and an arrow for all a stage reads', () => {
    const svg = diagram(spec);
    const boxes = numbers(svg, /<rect x="([\d.]+)" y="([\d.]+)" width="(\d+)" height="(\d+)"/g);
    expect(boxes).toHaveLength(drawn.length);
    for (const [a, [x, y, width, height]] of boxes.entries()) {
      for (const [left, top] of boxes.slice(a + 1)) {
        expect(Math.abs(left! - x!) >= width! || Math.abs(top! - y!) >= height!).toBe(true);
      }
    }
    expect(svg.match(/marker-end/g)).toHaveLength(arrows.length);
    expect(svg.match(/stroke-dasharray/g) ?? []).toHaveLength(dashed.length);
    const [size] = numbers(svg, /viewBox="0 0 (\d+) (\d+)"/g);
    for (const [x, y] of numbers(svg, /<text x="([\d.-]+)" y="([\d.-]+)"/g)) {
      expect(x! > 0 && x! < size![0]! && y! > 0 && y! < size![1]!).toBe(true);
    }
  });

  it('as Mermaid has the same nodes and arrows', () => {
    const lines = diagram(spec, { format: 'mermaid' }).trimEnd().split('\n').slice(2);
    expect(lines.filter((line) => line.includes('["'))).toHaveLength(drawn.length);
    expect(lines.filter((line) => line.includes(' -->|"[batch, '))).toHaveLength(
      arrows.length - dashed.length,
    );
    expect(lines.filter((line) => line.includes(' -.->|"'))).toHaveLength(dashed.length);
  });
});

describe('diagram', () => {
  it('refuses an invalid spec and an unknown format or option', () => {
    expect(() => diagram({ ...specs[5], kind: '<script>' } as never)).toThrow('/kind');
    expect(() => diagram(specs[5]!, { format: 'png' as never })).toThrow('`format`');
    expect(() => diagram(specs[5]!, { fromat: 'svg' } as never)).toThrow('Did you mean `format`?');
  });
});
