import { afterAll, describe, expect, it } from 'vitest';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';
import { readTables } from './read-tables.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());

describe('readTables', () => {
  it('reads no further once its signal is aborted', async () => {
    const controller = new AbortController();
    const columns = { time: 'time', by: 'id', features: ['flow'], onWarning: () => undefined };
    const reading = readTables([folder.write('pumps.csv', waveCsv())], columns, controller.signal);
    controller.abort('SIGINT');
    await expect(reading).rejects.toBe('SIGINT');
  });
});
