import { join } from 'node:path';
import type { EvaluationSet, Task } from '../evaluation-set.ts';
import { headAndTail } from '../head-and-tail.ts';
import { readOne } from '../read-one.ts';

const protocol =
  'each with a detector of its own: of the training table the first 80 % train and the rest calibrates, the test table tests.';

async function readMachine(folder: string, set: string, id: string): Promise<Task> {
  const path = (part: string) => join(folder, set, `${id}_${part}.csv.gz`);
  const [train, calibration] = headAndTail(await readOne(path('train'), id), 0.8);
  const test = await readOne(path('test'), id, { label: 'label' });
  return { id, train: [train], calibration: [calibration], test: [test] };
}

/** Application servers. */
export const asd: EvaluationSet = {
  name: 'asd',
  title: 'ASD, hosts 1, 3 and 5',
  protocol: `Nineteen metrics of application servers, every five minutes (InterFusion), ${protocol}`,
  labelled: 'rows',
  read: (folder) => Promise.all([1, 3, 5].map((host) => readMachine(folder, 'asd', `omi-${host}`))),
};

/** A server machine. */
export const smd: EvaluationSet = {
  name: 'smd',
  title: 'SMD, machine 2-7',
  protocol: `Thirty-eight metrics of a server machine, once a minute (OmniAnomaly), ${protocol.replace('each with', 'with')}`,
  labelled: 'rows',
  read: async (folder) => [await readMachine(folder, 'smd', 'machine-2-7')],
};
