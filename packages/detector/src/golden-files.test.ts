import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createSeries } from '@retrace/windowing';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadDetector } from './index.ts';

const root = new URL('../fixtures/golden/', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const read = (path: string) => new Uint8Array(readFileSync(new URL(path, root)));

beforeAll(() => setBackend('cpu'));

function expectClose(actual: ArrayLike<number>, expected: readonly (number | null)[], name: string): void {
  expect(actual, name).toHaveLength(expected.length);
  expected.forEach((value, index) => {
    const found = actual[index]!;
    if (value === null) expect(found, `${name}[${index}]`).toBeNaN();
    else
      expect(Math.abs(found - value), `${name}[${index}]`).toBeLessThanOrEqual(
        1e-6 * Math.max(1, Math.abs(value)),
      );
  });
}

describe.each(readdirSync(root))('the detector file of release %s', (release) => {
  const bytes = read(`${release}/detector.safetensors`);
  const expected = JSON.parse(readFileSync(new URL(`${release}/detector.json`, root), 'utf8'));
  const series = createSeries({
    ...expected.series,
    time: Float64Array.from(expected.series.time as number[]),
    values: Float64Array.from(expected.series.values as number[]),
  });

  it('loads, and scores as it scored then', async () => {
    const detector = await loadDetector(bytes);
    const { scores, reconstruction, coverage, thresholds } = await detector.score(series);
    expectClose(scores, expected.scores, 'scores');
    expectClose(reconstruction, expected.reconstruction, 'reconstruction');
    expectClose(thresholds, new Array(thresholds.length).fill(expected.threshold), 'threshold');
    expect([...coverage]).toEqual(expected.coverage);
    const anomalies = await detector.detect(series);
    expect(anomalies.map(({ firstRow, lastRow }) => [firstRow, lastRow])).toEqual(expected.anomalies);
    detector.dispose();
  });

  it('tells how it came to be, and keeps the text of others', async () => {
    const detector = await loadDetector(bytes);
    expect(detector.provenance).toEqual(expected.provenance);
    expect(detector.metadata).toEqual({ golden: 'detector' });
    detector.dispose();
  });

  it.runIf(release === version)('is written today with the same bytes', async () => {
    const detector = await loadDetector(bytes);
    expect(Buffer.compare(await detector.save(), bytes)).toBe(0);
    detector.dispose();
  });
});

describe('the golden files', () => {
  it('are there for this release: `node packages/detector/fixtures/write-golden.mjs` after a build', () => {
    expect(existsSync(new URL(`${version}/`, root))).toBe(true);
  });
});
