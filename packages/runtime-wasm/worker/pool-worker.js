/** @file One thread of the pool: runs its part of every job on the shared memory. Plain JavaScript, so that bundlers and Node take it as it is. */

/** @param {{ module: WebAssembly.Module, memory: WebAssembly.Memory, index: number, lastJob: number, spins: number }} start */
async function serve({ module, memory, index, lastJob, spins }, ready) {
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  ready();
  exports.serve(index, lastJob, spins);
}

if (typeof self === 'undefined') {
  // Without an await at the top, which bundlers refuse in the classic format that is their default for workers.
  import('node:worker_threads').then(({ parentPort }) => {
    parentPort.once('message', (start) => serve(start, () => parentPort.postMessage('ready')));
  });
} else {
  self.onmessage = ({ data }) => serve(data, () => self.postMessage('ready'));
}
