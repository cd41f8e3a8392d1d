import { dirname, join, win32 } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptedNames, refusedNames } from '../fixtures/conformance.ts';
import { checkStorageName, isStorageName } from './storage-name.ts';

describe('checkStorageName(name)', () => {
  it.each(acceptedNames)('returns %j', (name) => {
    expect(checkStorageName(name)).toBe(name);
  });

  it.each(refusedNames)('refuses %j, saying what a name is', (name) => {
    expect(() => checkStorageName(name as string)).toThrow(
      expect.objectContaining({
        code: 'RETRACE_INVALID_ARGUMENT',
        details: expect.objectContaining({ argument: 'name' }),
        message: expect.stringMatching(/^`name` must be a plain name: 1 to 200 bytes of UTF-8/),
      }),
    );
  });

  it('accepts no name that leads out of a folder, on any system, or that UTF-8 does not keep', () => {
    const piece = fc.constantFrom('.', '..', '/', '\\', ':', ' ', 'C', 'nul', '\0', '\ud800', 'a');
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(name.filter(isStorageName), (accepted) => {
        expect(dirname(join('/folder', accepted))).toBe('/folder');
        expect(win32.resolve('C:\\folder', accepted)).toBe(`C:\\folder\\${accepted}`);
        expect(Buffer.from(accepted).toString()).toBe(accepted);
      }),
      { numRuns: 2000 },
    );
  });
});
