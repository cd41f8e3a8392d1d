import { conformanceCases } from '@retrace/ops/conformance';
import type { Runtime } from '@retrace/ops/runtime';
import { requirements } from 'testkit';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { startNode } from './index.ts';

describe.skipIf(!requirements.tensorflow.find())('the libtensorflow runtime', () => {
  let runtime: Runtime;
  beforeAll(async () => {
    runtime = await startNode({ threads: 2 });
  });
  afterAll(() => runtime.dispose());

  it.each(conformanceCases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
});
