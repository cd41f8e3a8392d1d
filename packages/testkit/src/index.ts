export { type FaultKind, faultKinds } from './fleet/fault.ts';
export { toFleetCsv } from './fleet/fleet-csv.ts';
export { type FleetChannel, fleetChannels } from './fleet/sensors.ts';
export {
  type Fleet,
  type FleetFault,
  type FleetOptions,
  type FleetRow,
  simulateFleet,
} from './fleet/simulate-fleet.ts';
export { evaluationFleets, fleetMaxGap, trainingFleet } from './fleet-protocol.ts';
export { fuzzLoader, type Loader } from './hostile-files/fuzz-loader.ts';
export type { HostileFile } from './hostile-files/hostile-file.ts';
export { hostileFiles, notBytes } from './hostile-files/hostile-files.ts';
export type {
  HostileTable,
  HostileTableOptions,
  HostileTableOutcome,
} from './hostile-tables/hostile-table.ts';
export { hostileTables } from './hostile-tables/hostile-tables.ts';
export { largestAllocation } from './largest-allocation.ts';
export { type ReadmeExample, readmeExamples } from './readme-examples.ts';
export { type LabelledSpan, nabSpans, skabFeatures } from './real-sets.ts';
export { type Requirement, requirements } from './requirements.ts';
export { type RunExampleOptions, runExample } from './run-example.ts';
