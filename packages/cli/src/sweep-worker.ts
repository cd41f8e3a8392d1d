import { startWasm } from '@retrace/runtime-wasm';
import { serveTrials } from '@retrace/sweep/worker';

serveTrials({ start: () => startWasm({ threads: 1 }) });
