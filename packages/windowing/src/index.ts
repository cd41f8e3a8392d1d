export type { Series } from './series.ts';
export type { WindowBatch, WindowSpec, Windows } from './windows.ts';
