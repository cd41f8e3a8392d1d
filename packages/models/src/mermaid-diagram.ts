import { type Stage, shapeText } from './stage.ts';

/** What dashed arrows say. */
export const dashedLabels = { state: 'h, c', feedback: 'fed back', target: 'target' } as const;

/** Draws stages as a Mermaid flowchart. */
export function mermaidDiagram(stages: readonly Stage[], title: string): string {
  const id = (name: string) => `n${stages.findIndex((stage) => stage.name === name)}`;
  const boxes = stages.map(({ name, what }) => `  ${id(name)}["<b>${name}</b><br/>${what}"]`);
  const arrows = stages.flatMap(({ name, inputs }) =>
    inputs.map(({ from, kind = 'data' }) => {
      const source = stages.find((stage) => stage.name === from)!;
      const [line, label] = kind === 'data' ? ['-->', shapeText(source)] : ['-.->', dashedLabels[kind]];
      return `  ${id(from)} ${line}|"${label}"| ${id(name)}`;
    }),
  );
  return ['flowchart TD', `  accTitle: ${title}`, ...boxes, ...arrows, ''].join('\n');
}
