import { DOMParser } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { markupFaults } from '../fixtures/well-formed.ts';
import { type TrainingChartOptions, trainingChart } from './training-chart.ts';
import type { TrainingEpoch } from './training-epoch.ts';

const history = Array.from({ length: 20 }, (_, index) => ({
  epoch: index + 1,
  loss: Math.exp(-index / 5),
  validationLoss: 1 + (index - 12) ** 2 / 100,
}));
const parse = (svg: string) => new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;

describe('trainingChart', () => {
  const chart = trainingChart(history);

  it('draws both curves and marks the lowest validation loss', () => {
    expect(markupFaults(chart)).toEqual([]);
    const root = parse(chart);
    expect(root.querySelectorAll('g.rt-loss path, g.rt-validation path')).toHaveLength(4);
    expect(root.querySelectorAll('g.rt-best circle')).toHaveLength(1);
    expect(root.getAttribute('aria-label')).toBe(
      'Loss over 20 epochs: training loss; validation loss, lowest 1 in epoch 13',
    );
  });

  it('takes a logarithmic axis where the losses span over a factor of ten', () => {
    expect(parse(chart).querySelector('.rt-heading')!.textContent).toBe('loss (logarithmic)');
    expect(parse(trainingChart(history.slice(0, 4))).querySelector('.rt-heading')!.textContent).toBe('loss');
    const negative = [...history, { epoch: 21, loss: -1 }];
    expect(parse(trainingChart(negative)).querySelector('.rt-heading')!.textContent).toBe('loss');
  });

  it('breaks the curve where a loss is not finite, and draws one epoch as a point', () => {
    const broken = history.map((epoch, index) => (index === 9 ? { ...epoch, loss: Infinity } : epoch));
    const path = parse(trainingChart(broken)).querySelector('g.rt-loss[aria-label] path')!.getAttribute('d')!;
    expect(path.match(/M/g)).toHaveLength(2);
    const single = trainingChart([{ epoch: 1, loss: 0.5 }]);
    expect(single).toMatch(/d="M[\d.]+,[\d.]+Z"/);
    expect(single).not.toMatch(/NaN|validation loss/);
  });

  it('draws the norm of the gradients and a learning rate that changes, in panels of their own', () => {
    const headings = (epochs: readonly TrainingEpoch[]) => {
      const svg = trainingChart(epochs);
      expect(markupFaults(svg)).toEqual([]);
      return [...parse(svg).querySelectorAll('.rt-heading')].map(({ textContent }) => textContent);
    };
    const norms = history.map((epoch, index) => ({ ...epoch, gradientNorm: 1 + index, learningRate: 0.01 }));
    expect(headings(norms)).toEqual(['loss (logarithmic)', 'gradient norm (logarithmic)']);
    const rates = norms.map((epoch, index) => ({ ...epoch, learningRate: index < 9 ? 0.01 : 0.005 }));
    expect(headings(rates)).toEqual(['loss (logarithmic)', 'gradient norm (logarithmic)', 'learning rate']);
  });

  it.each<[RegExp, unknown, object?]>([
    [/`history` must be an array of at least one epoch/, []],
    [/`history` must be an array/, undefined],
    [/`history\[1\]\.epoch` must be later/, [history[3], history[3]]],
    [/`history\[0\]\.epoch` must be a finite number/, [{ loss: 1 }]],
    [/`history\[0\]` must be an object/, [null]],
    [/`history\[0\]\.loss` must be a number/, [{ epoch: 1 }]],
    [/`history\[0\]\.validationLoss` must be a number/, [{ epoch: 1, loss: 1, validationLoss: '1' }]],
    [/`history\[0\]\.gradientNorm` must be a number/, [{ epoch: 1, loss: 1, gradientNorm: null }]],
    [/`options` must be an object without unknown keys/, history, { height: 3 }],
    [/`width` must be an integer/, history, { width: 1.5 }],
  ])('refuses with %s', (message, epochs, options = {}) => {
    expect(() => trainingChart(epochs as TrainingEpoch[], options as TrainingChartOptions)).toThrow(message);
  });
});
