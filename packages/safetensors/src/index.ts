export { parseMetadataJson } from './parse-metadata-json.ts';
export { readSafetensors, type Safetensors } from './read-safetensors.ts';
export { readSealedSafetensors, writeSealedSafetensors } from './sealed-safetensors.ts';
export type { Dtype, Tensor, TensorData } from './tensor.ts';
export { type SafetensorsContent, writeSafetensors } from './write-safetensors.ts';
