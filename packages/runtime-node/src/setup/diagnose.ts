import { buildTools } from './build-tools.ts';
import type { Machine } from './machine.ts';
import { probeAddon } from './probe-addon.ts';

/** Says what is there of what the addon needs, a line each. */
export async function diagnose(machine: Machine): Promise<{ lines: string[]; loads: boolean }> {
  const { tfjsNode } = machine;
  const addon = tfjsNode
    ? await probeAddon(machine)
    : { loads: false, says: '@tensorflow/tfjs-node is not installed' };
  const lines = [
    line('Node', `${process.versions.node} on ${machine.platform} ${machine.arch}`),
    line('tfjs-node', tfjsNode ?? 'missing'),
    line('addon', addon.loads ? `loads: ${addon.says}` : `does not load: ${addon.says}`),
  ];
  if (addon.loads) return { lines, loads: true };
  lines.push('To install it, `retrace-node setup` needs:');
  for (const tool of Object.values(buildTools))
    lines.push(line(tool.name, (await tool.find(machine)) ?? 'missing'));
  if (tfjsNode)
    lines.push(line('space', `${((await machine.freeBytes(tfjsNode)) / 1e9).toFixed(1)} GB of 2 GB`));
  return { lines, loads: false };
}

function line(name: string, finding: string): string {
  return `${name.padEnd(14)}${finding}`;
}
