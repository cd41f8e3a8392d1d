export { type ImportOptions, importKeras } from './import-keras.ts';
export { importLayersModel, type LayersModelJson } from './import-layers-model.ts';
export type { ImportedWeight } from './imported-weight.ts';
export type { LayerNames } from './layer-names.ts';
export { type OnnxOptions, toOnnx } from './onnx/to-onnx.ts';
