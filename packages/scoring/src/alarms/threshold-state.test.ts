import { describe, expect, it } from 'vitest';
import { someThresholds } from '../../fixtures/some-thresholds.ts';
import { thrownBy } from '../../fixtures/thrown-by.ts';
import { fitThreshold } from './fit-threshold.ts';
import { checkThresholdState } from './threshold-state.ts';

const byKind = Object.fromEntries(someThresholds.map((state) => [state.kind, state]));

describe('checkThresholdState', () => {
  it.each(someThresholds)('takes a state of kind $kind that went through JSON, as it was', (state) => {
    const text = JSON.stringify(state);
    expect(JSON.stringify(checkThresholdState(JSON.parse(text)))).toBe(text);
  });
  it.each([
    ['sigma', 'k', -1],
    ['sigma', 'center', null],
    ['mad', 'spread', Number.NaN],
    ['conformal', 'alpha', 0],
    ['conformal', 'alpha', 1],
    ['budget', 'alarmsPerDay', undefined],
    ['budget', 'days', -1],
    ['budget', 'share', 2],
    ['pot', 'risk', 0],
    ['pot', 'level', 2],
    ['pot', 'base', '1'],
    ['pot', 'peaks', 0],
    ['pot', 'tail', null],
    ['pot', 'tail', { shape: 1, scale: 0 }],
    ['pot', 'value', -1],
    ['spot', 'value', null],
    ['spot', 'seen', 1],
    ['spot', 'excesses', []],
    ['spot', 'excesses', [0]],
    ['spot', 'excesses', new Array(1001).fill(1)],
    ['spot', 'recent', [1]],
    ['dspot', 'recent', []],
    ['dspot', 'recent', [null]],
    ['dynamic', 'window', 1],
    ['dynamic', 'buffer', 0],
    ['dynamic', 'prune', 2],
    ['dynamic', 'recent', []],
    ['dynamic', 'recent', new Array(61).fill(1)],
    ['dynamic', 'recent', [1e200]],
  ])('refuses of kind %s a `%s` of %o', (kind, field, value) => {
    const error = thrownBy(() => checkThresholdState({ ...byKind[kind], [field]: value }));
    expect(error.code).toBe('RETRACE_THRESHOLD_STATE');
    expect(error.details.argument).toMatch(new RegExp(`^threshold\\.${field}`));
  });
  it('refuses a field of another kind', () => {
    const error = thrownBy(() => checkThresholdState({ ...byKind.sigma, q: 1 }));
    expect(error.details).toMatchObject({ argument: 'threshold', received: '"q"' });
  });
});

describe('fitThreshold', () => {
  it.each(someThresholds.map(({ kind }) => kind))(
    'of kind %s refuses scores whose squares are infinite',
    (kind) => {
      if (kind === 'quantile') return expect(fitThreshold([1e200], { kind }).value).toBe(1e200);
      expect(thrownBy(() => fitThreshold([1, 1e200], { kind })).message).toContain(
        '`scores` must be at most 1e+150',
      );
    },
  );
  it.each([
    [{ kind: 'sigma', k: -1 }, '`k`'],
    [{ kind: 'conformal', alpha: 1 }, '`alpha`'],
    [{ kind: 'dynamic', window: 1 }, '`window`'],
    [{ kind: 'dynamic', buffer: 0.5 }, '`buffer`'],
    [{ kind: 'dynamic', prune: 1.5 }, '`prune`'],
    [{ kind: 'sigma', q: 0.9 }, '`options`'],
    [null, '`options`'],
  ])('refuses the options %j', (options, argument) => {
    const error = thrownBy(() => Reflect.apply(fitThreshold, undefined, [[1, 2], options]));
    expect(error.code).toBe('RETRACE_INVALID_ARGUMENT');
    expect(error.message).toContain(`${argument} must be`);
  });
});
