import { curvesChart } from '@retrace/report';
import { startWasm } from '@retrace/runtime-wasm';
import { trialCurves } from '@retrace/sweep';
import { requirements } from 'testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { realSets } from './real-sets.ts';
import { renderPage } from './render-page.ts';
import { sweptSet } from './swept-set.ts';

const folder = requirements.data.find() ?? '';

describe.skipIf(!folder)('a sweep over lookback and units on a real set', () => {
  beforeAll(() => startWasm({ threads: 1 }));

  it.each(realSets)(
    'of $name finishes, tells wide models from narrow ones, and gives a page',
    async (set) => {
      // Wide and narrow enough, and long enough, that the order is not one of chance.
      const small = {
        ...set,
        base: {
          ...set.base,
          windows: { ...set.base.windows, stride: 12 },
          fit: { ...set.base.fit, epochs: 8 },
        },
        space: { 'windows.lookback': [10, 20], 'model.units': [[1], [24]] },
      };
      const swept = await sweptSet(small, folder, { folds: 2 });
      const units = swept.trials.map(({ config }) => config.model.units[0]);
      expect(units.slice(0, 2)).toEqual([24, 24]);
      expect(swept.trials.every(({ error }) => error === undefined)).toBe(true);
      expect(swept.ensemble.rocAuc).toBeGreaterThan(0.5);
      expect(swept.ensemble.averagePrecision).toBeGreaterThan(swept.ensemble.labelledShare!);

      const page = renderPage([{ set, swept, seconds: 1 }], 2);
      expect(page.match(/^\| (units|lookback) .*\|$/gm)).toHaveLength(1);
      expect(page.match(/^\| \d.*\|$/gm)).toHaveLength(4);
      expect(page).not.toMatch(/NaN|undefined/);
      expect(curvesChart(trialCurves(swept.trials))).toContain('validation loss over lookback (10, 20)');
    },
  );
});
