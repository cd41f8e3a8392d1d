export { formatTable } from './format-table.ts';
export { networkVerdict, type RankedMethod } from './network-verdict.ts';
export { createProgressLine, type ProgressLine, type ProgressLineOptions } from './progress-line.ts';
export { run } from './run.ts';
export type { RunOptions } from './session.ts';
export type { TextOutput } from './text-output.ts';
