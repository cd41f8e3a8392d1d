import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { nameFlags } from './name-flags.ts';

const command = new Command()
  .option('--on-missing <action>')
  .option('--missing <cells>')
  .option('--decimal <mark>')
  .option('--features <columns>')
  .option('--resume');

describe('nameFlags', () => {
  it.each([
    ["accept with `onMissing: 'mask'` (kept)", 'accept with `--on-missing mask` (kept)'],
    ['set `missing: ["N/A"]`.', 'set `--missing N/A`.'],
    ["set `decimal: ','`.", 'set `--decimal ,`.'],
    ['`features[2]` must be', '`--features` must be'],
    ['with `checkpoint.resume: true`, or', 'with `--resume`, or'],
    ['`limits.columns` and `colour: 1` and decimal', '`limits.columns` and `colour: 1` and decimal'],
  ])('turns %j into %j', (message, told) => {
    expect(nameFlags(message, command)).toBe(told);
  });

  it('leaves a message as it is where no command is known', () => {
    expect(nameFlags('`decimal`', undefined)).toBe('`decimal`');
  });
});
