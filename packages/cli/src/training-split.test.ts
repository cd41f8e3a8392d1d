import { isRetraceError } from '@retrace/errors';
import { describe, expect, it } from 'vitest';
import { splitKey, splitOf, splitText } from './training-split.ts';

describe('splitOf', () => {
  it.each([
    { train: 0.5, calibration: 0.5 },
    { train: 0.6, calibration: 0.2, label: 'fault' },
  ])('reads back %o', (split) => {
    expect(splitOf({ [splitKey]: splitText(split) })).toEqual(split);
  });

  it('is undefined where a file tells of none', () => {
    expect(splitOf({})).toBeUndefined();
  });

  it.each([
    '',
    '3',
    'null',
    '{',
    '{"train":0.5}',
    '{"train":0,"calibration":0.2}',
    '{"train":0.5,"calibration":2}',
    '{"train":0.5,"calibration":"0.2"}',
    '{"train":0.5,"calibration":0.2,"label":3}',
  ])('refuses the text %j', (text) => {
    const refused = () => splitOf({ [splitKey]: text });
    expect(refused).toThrow(/'retrace\.split' is damaged/);
    expect(refused).toThrow(expect.toSatisfy((error) => isRetraceError(error, 'RETRACE_DETECTOR_FILE')));
  });
});
