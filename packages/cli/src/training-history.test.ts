import { describe, expect, it } from 'vitest';
import { historyText, parseHistory } from './training-history.ts';

const log = { losses: {}, gradientNorm: 1, learningRate: 1, seconds: 1, windowsPerSecond: 1, best: true };

describe('parseHistory', () => {
  it('reads back the losses that historyText wrote, without times', () => {
    const text = historyText([
      { ...log, epoch: 1, loss: 0.1, validationLoss: 0.2 },
      { ...log, epoch: 2, loss: 0.05 },
    ]);
    expect(text).not.toContain('seconds');
    expect(parseHistory(text)).toEqual([
      { epoch: 1, loss: 0.1, validationLoss: 0.2 },
      { epoch: 2, loss: 0.05 },
    ]);
  });

  it.each(['', '{}', '[]', '[null]', '[{"epoch":2,"loss":1}]', '[{"epoch":1,"loss":"1"}]'])(
    'refuses %j',
    (text) => {
      expect(() => parseHistory(text)).toThrow(
        /^The training history in the metadata 'retrace.history' is damaged/,
      );
    },
  );
});
