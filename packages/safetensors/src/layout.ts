import { RetraceError } from '@retrace/errors';
import type { TensorEntry } from './header.ts';
import { quoted } from './header-cursor.ts';
import { elementCount, tensorArrays } from './tensor.ts';

/**
 * Holds the tensors of a header against the `available` bytes of data: each takes exactly the bytes of its shape
 * and dtype, and together they fill the data from its first byte to its last without a hole or an overlap.
 *
 * @throws `RETRACE_SAFETENSORS_LAYOUT`, or `RETRACE_SAFETENSORS_TRUNCATED` if data is missing at the end.
 */
export function checkLayout(entries: readonly TensorEntry[], available: number): void {
  let filled = 0;
  let before = 'the header';
  for (const entry of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    checkSize(entry);
    if (entry.begin !== filled) {
      const gap = entry.begin > filled ? 'leaves a hole after' : 'overlaps';
      throw layoutError(entry, `begins at byte ${entry.begin} and ${gap} ${before}, which ends at ${filled}`);
    }
    filled = entry.end;
    before = `tensor ${quoted(entry.name)}`;
  }
  if (filled > available) throw truncated(filled, available);
  if (filled < available) {
    const message = `The safetensors file has ${available - filled} bytes after its last tensor. It is damaged or was appended to.`;
    throw new RetraceError('RETRACE_SAFETENSORS_LAYOUT', message, { expected: filled, received: available });
  }
}

/** Makes the error of a file that is shorter than it says: `expected` and `received` count bytes. */
export function truncated(expected: number, received: number, of = 'of data'): RetraceError {
  const message = `The safetensors file ends early: it should have ${expected} bytes ${of} and has ${received}. Copy or download it again.`;
  return new RetraceError('RETRACE_SAFETENSORS_TRUNCATED', message, { expected, received });
}

function checkSize(entry: TensorEntry): void {
  const count = elementCount(entry.shape);
  const size = count === undefined ? Infinity : count * tensorArrays[entry.dtype].BYTES_PER_ELEMENT;
  if (entry.end - entry.begin === size) return;
  const span = `has the data_offsets ${entry.begin} to ${entry.end}`;
  throw layoutError(entry, `${span}, but ${entry.dtype} of shape [${entry.shape}] takes ${size} bytes`);
}

function layoutError({ name }: TensorEntry, problem: string): RetraceError {
  const message = `Tensor ${quoted(name)} ${problem}. The safetensors file is damaged.`;
  return new RetraceError('RETRACE_SAFETENSORS_LAYOUT', message, { tensor: name });
}
