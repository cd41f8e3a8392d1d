/**
 * Runs an action and resolves to the largest array of numbers that was allocated for it by its length, in bytes; whether
 * its memory was ever touched does not matter, nor whether it is still held. Arrays of WebAssembly are not seen.
 */
export async function largestAllocation(action: () => Promise<unknown>): Promise<number> {
  const originals = { ArrayBuffer, Uint8Array, Int32Array, Float32Array, Float64Array };
  let largest = 0;
  for (const [name, original] of Object.entries(originals)) {
    const itemSize = 'BYTES_PER_ELEMENT' in original ? original.BYTES_PER_ELEMENT : 1;
    const counted = new Proxy(original, {
      construct(target, args: [unknown], newTarget) {
        if (typeof args[0] === 'number') largest = Math.max(largest, itemSize * args[0]);
        return Reflect.construct(target, args, newTarget);
      },
    });
    Object.assign(globalThis, { [name]: counted });
  }
  try {
    await action();
  } finally {
    Object.assign(globalThis, originals);
  }
  return largest;
}
