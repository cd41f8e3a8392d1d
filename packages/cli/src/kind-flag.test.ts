import { describe, expect, it } from 'vitest';
import { booleanFlag, numberFlag } from './flag-values.ts';
import { kindFlag, settingsFlag } from './kind-flag.ts';

const share = (flag: string) => numberFlag(flag, { min: 0, max: 1 });
const parse = kindFlag('--shape', { round: { size: share, filled: booleanFlag }, flat: {} });

describe('kindFlag', () => {
  it.each([
    ['flat', { kind: 'flat' }],
    ['round', { kind: 'round' }],
    ['round:size=0.5', { kind: 'round', size: 0.5 }],
    ['round: filled=true, size= 1', { kind: 'round', filled: true, size: 1 }],
  ])('reads %j', (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  it.each([
    ['rund', /^`--shape` must be one of 'round', 'flat'. Received: "rund". Did you mean 'round'\?$/],
    ['', /^`--shape` must be one of/],
    ['flat:size=1', /^`--shape flat` must be given alone, as it has no settings. Received: "size=1".$/],
    [
      'round:',
      /^`--shape round` must be followed by settings, each once, as name=value: size, filled. Received: ""/,
    ],
    ['round:size', /^`--shape round` must be followed by settings.* Received: "size"/],
    ['round:size=0,size=1', /^`--shape round` must be followed by settings, each once.* Received: "size=1"/],
    ['round:toString=1', /^`--shape round` must be followed by settings/],
    ['round:size=2', /^`--shape round:size` must be a finite number from 0 to 1. Received: 2.$/],
    ['round:size=', /^`--shape round:size` must be a finite number from 0 to 1. Received: ""/],
    ['round:filled=yes', /^`--shape round:filled` must be one of 'true', 'false'/],
    ['round:size=1:2', /^`--shape round:size` must be .* Received: "1:2"/],
  ])('refuses %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });
});

describe('settingsFlag', () => {
  it('reads settings without a kind', () => {
    const settings = settingsFlag('--size', { width: share, height: share });
    expect(settings('width=0.5,height=1')).toEqual({ width: 0.5, height: 1 });
    expect(() => settings('width=7')).toThrow(/^`--size width` must be a finite number/);
    expect(() => settings('depth=1')).toThrow(/^`--size` must be followed by settings/);
  });
});
