import { isRetraceError } from '@retrace/errors';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countParameters, parseSpec, type ReconstructSpec, reconstruct } from './index.ts';

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
    expect(decoder).toEqual(encoder.toReversed());
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
    ['/version', 2],
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
    ['/decoder/0/dropout', 1],
    ['/decoder/0/__proto__', { polluted: true }],
  ])('refuses %s = %j and points at it', (pointer, value) => {
    const error = catchError(() => parseSpec(withField(pointer, value)));
    expect(isRetraceError(error, 'RETRACE_MODEL_SPEC')).toBe(true);
    expect(pointer.startsWith(String((error as { details: { pointer: string } }).details.pointer))).toBe(
      true,
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('refuses more weights than fit before it allocates any', () => {
    const wide = { ...valid, encoder: [{ ...valid.encoder[0]!, units: 65_536 }] } as ReconstructSpec;
    expect(() => parseSpec(wide)).toThrow(/would hold \d+ weights/);
  });

  it('throws nothing but its own error, whatever arrives', () => {
    fc.assert(
      fc.property(fc.anything(), (value) =>
        isRetraceError(
          catchError(() => parseSpec(value)),
          'RETRACE_MODEL_SPEC',
        ),
      ),
    );
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
