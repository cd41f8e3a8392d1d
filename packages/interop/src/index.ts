export type { ImportedWeight } from './assign-weights.ts';
export { type ImportOptions, importKeras } from './import-keras.ts';
export { importLayersModel, type LayersModelJson } from './import-layers-model.ts';
export type { LayerNames } from './match-layers.ts';
