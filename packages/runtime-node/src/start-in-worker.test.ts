import { expect, it, vi } from 'vitest';
import { startNode } from './index.ts';

vi.mock('node:worker_threads', () => ({ isMainThread: false }));

it('startNode({ threads }) is refused in a worker, whose environment is not that of the process', async () => {
  await expect(startNode({ threads: 2 })).rejects.toMatchObject({
    code: 'RETRACE_INVALID_ARGUMENT',
    message: expect.stringMatching(/`threads` must be left out in a worker.*TF_NUM_INTRAOP_THREADS/),
  });
});
