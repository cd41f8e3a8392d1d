import { describe, expect, it } from 'vitest';
import { checkScalerState, createSeries, fitScaler, slidingWindows } from './index.ts';

const series = createSeries({ id: 'a', features: ['x', 'y'], time: [0, 1], values: [1, 2, 3, 2] });
const state = fitScaler([series]);

describe('checkScalerState', () => {
  it('returns a state that `fitScaler` made, read back from JSON', () => {
    for (const made of [state, fitScaler([series], { by: 'entity', log: ['y'], unseen: 'refuse' })]) {
      expect(checkScalerState(JSON.parse(JSON.stringify(made)))).toEqual(made);
    }
  });

  it.each([
    ['scaler', null],
    ['scaler', 'standard'],
    ['scaler', [state]],
    ['scaler', { ...state, more: 2 }],
    ['scaler', JSON.parse(JSON.stringify(state).replace('{', '{"__proto__":{"polluted":1},'))],
    ['scaler.format', {}],
    ['scaler.version', { ...state, version: '1' }],
    ['scaler.kind', { ...state, kind: 'constructor' }],
    ['scaler.features', { ...state, features: ['x', 'x'] }],
    ['scaler.features', { ...state, features: [] }],
    ['scaler.features', { ...state, features: [1, 2] }],
    ['scaler.center', { ...state, center: [1] }],
    ['scaler.center[1]', { ...state, center: [1, null] }],
    ['scaler.center[0]', { ...state, center: [Infinity, 1] }],
    ['scaler.scale', { ...state, scale: '1' }],
    ['scaler.scale[0]', { ...state, scale: [0, 1] }],
    ['scaler.scale[1]', { ...state, scale: [1, -1] }],
    ['scaler.scale[1]', { ...state, scale: [1, Number.NaN] }],
    ['scaler.scale[1]', { ...state, scale: [1, '1'] }],
    ['scaler.scale[0]', { ...state, scale: new Array(2) }],
    ['scaler.constant', { ...state, constant: ['z'] }],
    ['scaler.constant', { ...state, constant: ['y', 'y'] }],
    ['scaler.constant', { ...state, constant: undefined }],
    ['scaler.log', { ...state, log: ['z'] }],
    ['scaler.unseen', { ...state, entities: [] }],
    ['scaler.entities', { ...state, entities: {}, unseen: 'pooled' }],
    ['scaler.entities[0]', { ...state, entities: [{ id: 'a', mean: 1 }], unseen: 'pooled' }],
    ['scaler.entities[0].id', { ...state, entities: [{ center: [0, 0], scale: [1, 1] }], unseen: 'pooled' }],
    [
      'scaler.entities[0].scale[1]',
      { ...state, entities: [{ id: 'a', center: [0, 0], scale: [1, 0] }], unseen: 'pooled' },
    ],
  ])('refuses, naming `%s`, %o', (argument, value) => {
    expect(() => checkScalerState(value)).toThrowError(
      expect.objectContaining({
        code: 'RETRACE_SCALER_STATE',
        details: expect.objectContaining({ argument }),
      }),
    );
    expect({}).not.toHaveProperty('polluted');
  });

  it('refuses a later version', () => {
    expect(() => checkScalerState({ ...state, version: 2 })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_UNSUPPORTED_VERSION' }),
    );
  });

  it('guards `slidingWindows` too', () => {
    const scaler = { ...state, scale: [1, 0] };
    expect(() => slidingWindows([series], { lookback: 1 }, { scaler })).toThrowError(
      expect.objectContaining({ code: 'RETRACE_SCALER_STATE' }),
    );
  });
});
