import { conformanceCases } from '@retrace/ops/conformance';
import type { Runtime } from '@retrace/ops/runtime';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startWasm } from './index.ts';

describe.each([1, 2, 4])('the WebAssembly runtime on %d threads', (threads) => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await startWasm({ threads });
  });
  afterAll(() => runtime.dispose());

  it.each(conformanceCases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
});
