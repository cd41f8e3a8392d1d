import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import {
  allAtLeast,
  allEqual,
  bestAtMost,
  medianAtLeast,
  medianAtMost,
  medianBetween,
  rangeHolds,
} from './bar.ts';
import type { Experiment } from './experiment.ts';
import { experiments } from './experiments.ts';
import { figureText } from './figure-text.ts';
import { renderPage } from './render-page.ts';
import { falls, resultsOf } from './result.ts';
import { runSeeds } from './run-seeds.ts';
import { seedsArguments } from './seeds-arguments.ts';

describe('a bar', () => {
  it.each([
    [medianAtMost(2), [1, 2, 9], [1, 3, 9]],
    [medianAtLeast(2), [1, 2, 9], [1, 1, 9]],
    [medianBetween(2, 3), [2.5, 2.5], [1, 1.5]],
    [bestAtMost(1), [1, 9], [2, 9]],
    [allAtLeast(1), [1, 2], [0, 2]],
    [allEqual(4), [4, 4], [4, 5]],
    [rangeHolds(2), [1, 3], [3, 4]],
  ])('%o tells values that pass from those that do not', (bar, good, bad) => {
    expect(bar.passes(good)).toBe(true);
    expect(bar.passes(bad)).toBe(false);
  });
});

const toy: Experiment = {
  name: 'toy',
  title: 'A toy',
  setting: 'Two figures.',
  seeds: 3,
  run: async () => ({ figures: [] }),
};
const figures = [
  {
    metric: 'error',
    published: 0.5,
    values: [0.25, 1, 3],
    keras: [1, 2, 4],
    bars: [medianAtMost(0.5), bestAtMost(0.3)],
  },
  { metric: 'score', values: [0.123456], keras: [0.9], bars: [medianAtLeast(0.5)] },
  { metric: 'size', values: [12345, 12345] },
];
const results = resultsOf(toy, { figures });

describe('resultsOf', () => {
  it('judges every bar of every figure, and Keras by the same', () => {
    expect(results.map(({ metric, bar, pass, keras }) => [metric, bar, pass, keras?.pass])).toEqual([
      ['error', 'median ≤ 0.5', false, false],
      ['error', 'best ≤ 0.3', true, false],
      ['score', 'median ≥ 0.5', false, true],
      ['size', null, null, undefined],
    ]);
    expect(results[0]).toMatchObject({
      experiment: 'toy',
      published: 0.5,
      median: 1,
      min: 0.25,
      max: 3,
      runs: 3,
    });
    expect(results.map(falls)).toEqual([false, false, true, false]);
  });
});

describe('renderPage', () => {
  it('writes a table an experiment, with what fails and whether Keras fails too', () => {
    const report = {
      experiment: 'toy',
      seconds: 1.2,
      results,
      notes: ['A note.'],
      pictures: [{ name: 'curve', caption: 'A curve' }],
    };
    const page = renderPage({ versions: { keras: '3' }, sections: [{ experiment: toy, report }] });
    expect(page).toContain('1 of 3 bars passed.');
    expect(page.slice(page.indexOf('## A toy')).split('\n')).toEqual([
      '## A toy',
      '',
      'Two figures. 3 seeds, 2 s; `--only toy`.',
      '',
      '| figure | published | ours | Keras | bar | |',
      '|---|---|---|---|---|---|',
      '| error | 0.5 | 1 (0.25 to 3) | 2 (1 to 4) | median ≤ 0.5 | fail, as Keras |',
      '| error | 0.5 | 1 (0.25 to 3) | 2 (1 to 4) | best ≤ 0.3 | pass |',
      '| score |  | 0.123 | 0.9 | median ≥ 0.5 | **FAIL** |',
      '| size |  | 12,345 |  |  |  |',
      '',
      'A note.',
      '',
      '![A curve](seeds/curve.svg)',
      '',
    ]);
  });

  it('writes figures with three significant digits', () => {
    expect([0.00456789, 12.3456, 248578, 0].map(figureText)).toEqual(['0.00457', '12.3', '248,578', '0']);
  });
});

describe('seedsArguments', () => {
  it.each([
    [['--only', 'nothing'], 'must be one of reconstruct, predict'],
    [['--seeds', '0'], '`--seeds` must be an integer of at least 1. Received: 0.'],
    [['--seeds', 'x'], 'Received: x.'],
    [['--sedes', '1'], "Unknown option '--sedes'"],
    [['now'], 'Unexpected argument'],
  ])('refuses %j', (argv, text) => {
    expect(seedsArguments(argv, experiments)).toContain(text);
  });

  it('refuses an experiment whose data are not there', () => {
    vi.stubEnv('RETRACE_DATA', '');
    expect(seedsArguments(['--only', 'two-features'], experiments)).toContain(
      'needs the environment variable',
    );
    vi.unstubAllEnvs();
  });

  it('has experiments of different names', () => {
    expect(new Set(experiments.map(({ name }) => name)).size).toBe(experiments.length);
  });
});

describe('runSeeds', () => {
  const folder = mkdtempSync(join(tmpdir(), 'retrace-seeds-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['temporalize', 1],
    ['reconstruct', 2],
  ])('runs %s and writes its results as JSON', async (name, seeds) => {
    const json = join(folder, `${name}.json`);
    vi.spyOn(console, 'log').mockImplementation(() => {});
    await runSeeds(['--only', name, '--seeds', `${seeds}`, '--json', json]);
    vi.restoreAllMocks();
    const written = JSON.parse(readFileSync(json, 'utf8')) as Record<string, unknown>[];
    for (const result of written) {
      expect(Object.keys(result)).toEqual([
        'experiment',
        'metric',
        'published',
        'median',
        'min',
        'max',
        'bar',
        'pass',
      ]);
    }
    expect(written[0]!.pass).toBe(true);
  });

  it('ends with code 2 for bad arguments', async () => {
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await runSeeds(['--only', 'nothing'])).toBe(2);
    expect(write).toHaveBeenCalledOnce();
    vi.restoreAllMocks();
  });
});
