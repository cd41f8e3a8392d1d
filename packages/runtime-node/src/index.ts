export { type NodeOptions, startNode } from './start-node.ts';
