import { describe, expect, it } from 'vitest';
import { checkScalerState, createSeries, fitScaler, slidingWindows } from './index.ts';

const series = createSeries({ id: 'a', features: ['x', 'y'], time: [0, 1], values: [1, 2, 3, 2] });
const state = fitScaler([series]);

describe('checkScalerState', () => {
  it('returns a state that `fitScaler` made, read back from JSON', () => {
    expect(checkScalerState(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it('drops what is not part of a state, and no key reaches a prototype', () => {
    const hostile = JSON.parse(JSON.stringify(state).replace('{', '{"__proto__":{"polluted":1},"more":2,'));
    expect(checkScalerState(hostile)).toEqual(state);
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([
    ['the state', null],
    ['the state', 'standard'],
    ['format', {}],
    ['version', { ...state, version: '1' }],
    ['kind', { ...state, kind: 'constructor' }],
    ['features', { ...state, features: ['x', 'x'] }],
    ['features', { ...state, features: [] }],
    ['features', { ...state, features: [1, 2] }],
    ['center', { ...state, center: [1] }],
    ['center[1]', { ...state, center: [1, null] }],
    ['center[0]', { ...state, center: [Infinity, 1] }],
    ['scale', { ...state, scale: '1' }],
    ['scale[0]', { ...state, scale: [0, 1] }],
    ['scale[1]', { ...state, scale: [1, -1] }],
    ['scale[1]', { ...state, scale: [1, Number.NaN] }],
    ['scale[1]', { ...state, scale: [1, '1'] }],
    ['constant', { ...state, constant: ['z'] }],
    ['constant', { ...state, constant: undefined }],
  ])('refuses a wrong `%s`', (field, value) => {
    expect(() => checkScalerState(value)).toThrowError(
      expect.objectContaining({ code: 'RETRACE_SCALER_STATE', details: expect.objectContaining({ field }) }),
    );
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
