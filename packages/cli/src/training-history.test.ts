import { describe, expect, it } from 'vitest';
import { historyText, parseHistory } from './training-history.ts';

const log = { losses: {}, gradientNorm: 3, learningRate: 0.01, seconds: 1, windowsPerSecond: 1, best: true };

describe('parseHistory', () => {
  it('reads back what historyText wrote, without times', () => {
    const text = historyText([
      { ...log, epoch: 1, loss: 0.1, validationLoss: 0.2 },
      { ...log, epoch: 2, loss: 0.05 },
    ]);
    expect(text).not.toMatch(/seconds|PerSecond/i);
    expect(parseHistory(text)).toEqual([
      { epoch: 1, loss: 0.1, validationLoss: 0.2, gradientNorm: 3, learningRate: 0.01 },
      { epoch: 2, loss: 0.05, gradientNorm: 3, learningRate: 0.01 },
    ]);
  });

  it('reads the losses of files that keep no more', () => {
    expect(parseHistory('[{"epoch":1,"loss":0.1}]')).toEqual([{ epoch: 1, loss: 0.1 }]);
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
