export { startWasm, type WasmOptions } from './start-wasm.ts';
