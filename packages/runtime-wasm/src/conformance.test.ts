import { conformanceCases } from '@retrace/ops/conformance';
import { beforeAll, describe, it } from 'vitest';
import { startWasm } from './index.ts';

beforeAll(async () => {
  await startWasm();
});

describe('the WebAssembly runtime', () => {
  it.each(conformanceCases.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
});
