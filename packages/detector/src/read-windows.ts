import { argumentError } from '@retrace/errors';
import type { WindowBatch, WindowSpec } from '@retrace/windowing';
import { valuesPerWindow } from './output-aggregator.ts';
import type { OutputValues, WindowReader } from './window-reader.ts';

/** Has windows read, and refuses outputs of another number of values than they have (`RETRACE_INVALID_ARGUMENT`). */
export async function readWindows(
  reader: WindowReader,
  batch: WindowBatch,
  spec: Required<WindowSpec>,
): Promise<readonly OutputValues[]> {
  const read = await reader.read(batch);
  for (const [k, output] of reader.outputs.entries()) {
    const { values, logVariance } = read[k]!;
    const length = batch.size * valuesPerWindow(output, spec);
    for (const array of output.variance ? [values, logVariance] : [values]) {
      if (array instanceof Float32Array && array.length === length) continue;
      const expected = `a Float32Array of ${length} numbers, as the windows of the batch have`;
      throw argumentError(output.name, expected, array);
    }
  }
  return read;
}
