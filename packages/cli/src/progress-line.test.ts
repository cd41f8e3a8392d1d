import type { StepLog } from '@retrace/training';
import { describe, expect, it } from 'vitest';
import { createProgressLine } from './progress-line.ts';

const log: StepLog = {
  epoch: 1,
  epochs: 10,
  step: 5,
  steps: 10,
  loss: 0.25,
  learningRate: 0.001,
  gradientNorm: 1,
  seconds: 1,
  secondsLeft: 3725,
};
const epochLog = {
  epoch: 1,
  loss: 0.2,
  losses: { reconstruction: 0.2 },
  validationLoss: 0.3,
  gradientNorm: 1,
  learningRate: 1,
  seconds: 1,
  windowsPerSecond: 1,
  best: true,
};

function lines(isTTY: boolean, columns = 100) {
  const written: string[] = [];
  let time = 0;
  const output = { isTTY, columns, write: (text: string) => written.push(text) };
  const line = createProgressLine(output, { now: () => time });
  return { written, line, wait: (ms: number) => (time += ms) };
}

describe('createProgressLine', () => {
  it('draws epoch, bar, losses and time left over the line before', () => {
    const { written, line } = lines(true);
    line.onEpoch(epochLog);
    line.onStep(log);
    expect(written).toEqual([
      `\r\u001B[Kepoch  1/10  [=${' '.repeat(23)}]  loss 0.250  validation 0.300  1 h 2 min left`,
    ]);
  });

  it('draws at most ten times a second, but always the end', () => {
    const { written, line, wait } = lines(true);
    for (let step = 1; step <= 8; step++) {
      line.onStep({ ...log, step, secondsLeft: 80 });
      wait(30);
    }
    line.onStep({ ...log, epoch: 10, step: 10, secondsLeft: 0 });
    expect(written).toHaveLength(3);
    expect(written[0]).toContain('1 min 20 s left');
    expect(written[2]).toContain(`[${'='.repeat(24)}]`);
  });

  it('cuts the line to the width of the terminal', () => {
    const { written, line } = lines(true, 20);
    line.onStep(log);
    expect(written[0]).toBe('\r\u001B[Kepoch  1/10  [=    ');
  });

  it('wipes what it drew, and nothing else', () => {
    const { written, line } = lines(true);
    line.clear();
    line.onStep(log);
    line.clear();
    line.clear();
    expect(written.slice(1)).toEqual(['\r\u001B[K']);
  });

  it('writes nothing where there is no terminal', () => {
    const { written, line } = lines(false);
    line.onStep(log);
    line.clear();
    expect(written).toEqual([]);
  });
});
