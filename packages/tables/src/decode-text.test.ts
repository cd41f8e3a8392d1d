import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

async function decode(pieces: readonly Uint8Array[], encoding?: string): Promise<string> {
  async function* bytes() {
    yield* pieces;
  }
  let text = '';
  for await (const piece of decodeText(bytes(), encoding)) text += piece;
  return text;
}

describe('decodeText', () => {
  it.each([
    ['windows-1252', [0x80, 0xe9], '€é'],
    ['utf-16le', [0xff, 0xfe, 0x3d, 0xd8, 0x00, 0xde], '😀'],
    ['utf-16be', [0x20, 0xac], '€'],
    ['shift_jis', [0x83, 0x41], 'ア'],
    ['UTF8', [0xc3, 0xa9], 'é'],
  ])('decodes %s, a byte at a time', async (encoding, bytes, text) => {
    expect(
      await decode(
        bytes.map((byte) => Uint8Array.of(byte)),
        encoding,
      ),
    ).toBe(text);
  });

  it('decodes any bytes as TextDecoder does, wherever they are cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\uFEFF') });
    const bytes = fc.oneof(
      text.map((value) => new TextEncoder().encode(value)),
      fc.uint8Array({ maxLength: 12 }),
      fc.tuple(text, fc.uint8Array({ maxLength: 4 })).map(([value, noise]) => {
        return new Uint8Array([...new TextEncoder().encode(value), ...noise]);
      }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.array(fc.nat(12)), async (all, cuts) => {
        const bounds = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b), all.length];
        const pieces = bounds.slice(1).map((end, i) => all.subarray(bounds[i]!, end));
        // How many U+FFFD a broken character gives depends on where it is cut; that there is one does not.
        const collapse = (value: string) => value.replace(/\uFFFD+/g, '\uFFFD');
        expect(collapse(await decode(pieces))).toBe(collapse(new TextDecoder().decode(all)));
      }),
      { numRuns: 3000 },
    );
  });
});
