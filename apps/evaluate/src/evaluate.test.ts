import { startWasm } from '@retrace/runtime-wasm';
import { requirements } from 'testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateSet } from './evaluate-set.ts';
import { figuresOf } from './figures.ts';
import { renderPage } from './render-page.ts';
import { evaluationSets } from './sets/index.ts';

const folder = requirements.data.find() ?? '';

describe.skipIf(!folder)('evaluation on real sets', () => {
  beforeAll(() => startWasm({ threads: 1 }));

  it.each(evaluationSets)('$name has tasks whose parts share no row, with labels to test by', async (set) => {
    const tasks = await set.read(folder);
    expect(tasks.length).toBeGreaterThan(0);
    const labels = tasks.flatMap(({ test }) => test.flatMap((series) => [...series.labels!]));
    expect(new Set(labels)).toEqual(new Set([0, 1]));
    for (const { train, calibration, test } of tasks) {
      for (const part of [train, calibration, test]) expect(part.length).toBeGreaterThan(0);
      // Parts of one series are views of the same numbers.
      for (const [before, after] of [
        [train, calibration],
        [calibration, test],
      ] as const) {
        for (const one of before) {
          const later = after.find(({ id, values }) => id === one.id && values.buffer === one.values.buffer);
          if (later) expect(later.time[0]).toBeGreaterThan(one.time.at(-1)!);
        }
      }
    }
  });

  it('gives a page that says whether the network pays, and what its defaults rest on', async () => {
    const sets = ['sensor-events', 'tep'].map((name) => evaluationSets.find((set) => set.name === name)!);
    const results = [];
    for (const set of sets) results.push(await evaluateSet(set, folder, { seeds: [0, 1] }));
    for (const { networks } of results) {
      expect(networks.map(({ name }) => name)).toEqual(['autoencoder', 'forecaster', 'composite']);
      expect(networks[0]!.runs).toHaveLength(2);
      for (const { rocAuc } of networks[0]!.runs) expect(rocAuc).toBeGreaterThan(0.8);
    }
    const page = renderPage(results);
    expect(page).toMatch(/By average precision the autoencoder (pays|does not pay): 0\.\d+/);
    expect(page).toMatch(/^\| autoencoder \| .*0\.\d+ \[0\.\d+, 0\.\d+\]/m);
    expect(page).toMatch(/^\| not smoothed \| 0\.\d+ \| 0\.\d+ \|$/m);
    expect(page).not.toMatch(/NaN|undefined|null/);
  }, 120_000);
});

describe('figuresOf(tasks)', () => {
  it('takes rankings as means over tasks, and alarms over the rows of all', () => {
    const measured = (scores: number[], labels: number[], threshold: number) => ({
      scores: Float64Array.from(scores),
      labels: Uint8Array.from(labels),
      flags: Uint8Array.from(scores, (score) => Number(score > threshold)),
      alarms: Uint8Array.from(scores, (score) => Number(score > threshold)),
      scored: new Uint8Array(scores.length).fill(1),
    });
    const perfect = measured([0, 0, 1, 0], [0, 0, 1, 0], 0.5);
    const inverse = measured([1, 1, 0, 1], [0, 0, 1, 0], 0.5);
    const { rocAuc, pointF1, falseAlarmRate, missedAlarmRate, alarmShare, labelledShare } = figuresOf([
      [perfect],
      [inverse],
    ]);
    expect({ rocAuc, pointF1, falseAlarmRate, missedAlarmRate, alarmShare, labelledShare }).toEqual({
      rocAuc: 0.5,
      pointF1: 1 / 3,
      falseAlarmRate: 0.5,
      missedAlarmRate: 0.5,
      alarmShare: 0.5,
      labelledShare: 0.25,
    });
    expect(figuresOf([[measured([0, 1], [0, 0], 0.5)]])).toMatchObject({
      rocAuc: null,
      missedAlarmRate: null,
      eventF1: 0,
    });
  });
});
