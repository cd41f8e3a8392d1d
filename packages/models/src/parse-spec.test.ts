import { isRetraceError } from '@retrace/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  classifier,
  composite,
  countParameters,
  latentTarget,
  parseSpec,
  predict,
  reconstruct,
  sequence,
} from './index.ts';

const shape = { timesteps: 5, features: 2, units: [4, 3] };
const valid = reconstruct({ timesteps: 5, features: 2, units: [4, 3] });

function withField(pointer: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(valid));
  const path = pointer.slice(1).split('/');
  const parent = path.slice(0, -1).reduce((node, key) => node[key], copy);
  if (value === undefined) delete parent[path.at(-1)!];
  else Object.defineProperty(parent, path.at(-1)!, { value, enumerable: true });
  return copy;
}

describe('reconstruct', () => {
  it('mirrors the encoder in the decoder', () => {
    const { encoder, decoder } = reconstruct({
      timesteps: 5,
      features: 2,
      units: [8, 4],
      dropout: [0.1, 0.2],
    });
    expect(decoder.layers).toEqual(encoder.toReversed());
  });

  it.each([
    [{ features: 2, units: [4] }, 'timesteps'],
    [{ timesteps: 5, features: 2, units: 64 }, '`units` must be an array'],
    [{ timesteps: 5, features: 2, units: [] }, '`units` must be an array'],
    [{ timesteps: 5, features: 2, units: [4], dropuot: 0.1 }, 'Did you mean `dropout`?'],
    [{ timesteps: 5, features: 2, units: [4, 4], activation: ['tanh'] }, 'an array of 2'],
    [{ timesteps: 5, features: 2, units: [4], decoderUnits: 4 }, '`decoderUnits` must be an array'],
    [{ timesteps: 5, features: 2, units: [4], activation: null }, '/encoder/0/activation'],
    [{ timesteps: 5, features: 2, units: [4], dropout: 1 }, '/encoder/0/dropout'],
  ])('refuses %j', (options, text) => {
    expect(() => reconstruct(options as never)).toThrow(text);
  });
});

describe('parseSpec', () => {
  it('returns an equal spec after JSON', () => {
    expect(parseSpec(JSON.parse(JSON.stringify(valid)))).toEqual(valid);
  });

  it.each([
    ['/version', 0],
    ['/version', '2'],
    ['/kind', 'constructor'],
    ['/timesteps', '5'],
    ['/timesteps', undefined],
    ['/timesteps', 1e9],
    ['/features', 0],
    ['/encoder', []],
    ['/encoder/0/units', -1],
    ['/encoder/0/units', 1.5],
    ['/encoder/1/units', Number.NaN],
    ['/encoder/1/units', 2 ** 53],
    ['/encoder/1/activation', 'eval'],
    ['/decoder/layers/0/dropout', 1],
    ['/decoder/layers/0/__proto__', { polluted: true }],
  ])('refuses %s = %j and points at it', (pointer, value) => {
    const error = catchError(() => parseSpec(withField(pointer, value)));
    expect(isRetraceError(error, 'RETRACE_MODEL_SPEC')).toBe(true);
    expect((error as { details: { pointer: string } }).details.pointer).toBe(pointer);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    [predict({ ...shape, horizon: 3 }), { horizon: 0 }, '/horizon'],
    [predict({ ...shape, horizon: 3 }), { horizon: 1e9 }, '/horizon'],
    [predict({ ...shape, horizon: 3 }), { shift: -6 }, '/shift'],
    [predict({ ...shape, horizon: 3 }), { shift: 0.5 }, '/shift'],
    [composite({ ...shape, horizon: 3 }), { decoders: {} }, '/decoders/reconstruction'],
    [latentTarget(shape), { target: 'encoder/2' }, '/target'],
    [latentTarget(shape), { target: '__proto__' }, '/target'],
    [latentTarget(shape), { loss: 'huber' }, '/loss'],
    [sequence(shape), { encoder: [] }, '/encoder'],
    [classifier({ ...shape, classes: 2 }), { classes: 1 }, '/classes'],
    [classifier({ ...shape, classes: 2 }), { frozen: 'no' }, '/frozen'],
    [reconstruct(shape), { bottleneck: { units: 0, activation: 'linear' } }, '/bottleneck/units'],
    [reconstruct(shape), { kind: 'reconstuct' }, '/kind'],
    [reconstruct(shape), { surprise: 1 }, '/surprise'],
  ])('refuses %# of other kinds and points at the field', (spec, change, pointer) => {
    const error = catchError(() => parseSpec({ ...spec, ...change }));
    expect((error as { details: { pointer: string } }).details.pointer).toBe(pointer);
  });

  it.each([
    [{ bottleneck: { units: 2 } }, '/decoder/bridge: a decoder started'],
    [{ decoderUnits: [3] }, '/decoder/layers: 2 layers expected'],
    [{ decoderUnits: [3, 5] }, '/decoder/layers/1/units: 4 units expected'],
  ])('refuses a decoder that cannot start from the states of the encoder: %j', (options, text) => {
    expect(() => reconstruct({ ...shape, bridge: 'state', ...options })).toThrow(text);
  });

  it.each([[undefined], [null], ['reconstruct'], [[]]])('refuses %j, which is no spec', (value) => {
    expect(() => parseSpec(value)).toThrow('not valid at /: an object expected');
  });

  it('refuses the spec of a later release by that, though it may know no field of it', () => {
    expect(catchError(() => parseSpec({ version: 2, kind: 'new' }))).toMatchObject({
      code: 'RETRACE_UNSUPPORTED_VERSION',
      details: { argument: 'spec.version', version: 2, supported: 1 },
    });
  });

  it('throws nothing but errors of the family, whatever arrives', () => {
    fc.assert(fc.property(fc.anything(), (value) => isRetraceError(catchError(() => parseSpec(value)))));
  });
});

describe('countParameters', () => {
  it('equals the published 198,914 weights of a 128-unit autoencoder over (5, 2) windows', () => {
    expect(countParameters(reconstruct({ timesteps: 5, features: 2, units: [128] }))).toBe(198_914);
  });
});

function catchError(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
