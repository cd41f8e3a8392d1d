import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend, tensor, variable } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createEarlyStopping } from './early-stopping.ts';

beforeAll(() => setBackend('cpu'));

const options = { patience: 2, minDelta: 0, restoreBest: false };

async function run(losses: number[], settings: Parameters<typeof createEarlyStopping>[1]) {
  const stopping = createEarlyStopping([], settings);
  const best: number[] = [];
  const exhausted: boolean[] = [];
  for (const [index, loss] of losses.entries()) {
    const isBest = await stopping.see({ epoch: index + 1, loss });
    best.push(isBest ? index + 1 : best.at(-1)!);
    exhausted.push(stopping.exhausted(index + 1));
  }
  return { best, exhausted };
}

describe('createEarlyStopping(variables, options)', () => {
  it('is exhausted `patience` epochs after the best', async () => {
    expect(await run([3, 2, 2.5, 1, 1, 4], options)).toEqual({
      best: [1, 2, 2, 4, 4, 4],
      exhausted: [false, false, false, false, false, true],
    });
  });

  it('takes an improvement of no more than `minDelta` for none', async () => {
    const { best } = await run([3, 2.6, 2.4, 2.2], { ...options, minDelta: 0.5 });
    expect(best).toEqual([1, 1, 3, 3]);
  });

  it('without options keeps the best and is never exhausted', async () => {
    const { best, exhausted } = await run([1, 2, 3, 0.5], undefined);
    expect(best).toEqual([1, 1, 1, 4]);
    expect(exhausted).not.toContain(true);
  });

  it('restores the weights of the best epoch and leaves no tensor behind', async () => {
    const before = memory().numTensors;
    const initial = tensor([1]);
    const weight = variable(initial);
    const stopping = createEarlyStopping([{ name: 'w', variable: weight }], {
      ...options,
      restoreBest: true,
    });
    const become = (value: number) => {
      const next = tensor([value]);
      weight.assign(next);
      next.dispose();
    };
    for (const [index, loss] of [5, 3, 4].entries()) {
      become(index + 10);
      await stopping.see({ epoch: index + 1, loss });
    }
    stopping.restore();
    expect(weight.dataSync()[0]).toBe(11);
    become(12);
    stopping.restore();
    expect(weight.dataSync()[0]).toBe(11);
    weight.dispose();
    initial.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('goes on from what it knew', async () => {
    const stopping = createEarlyStopping([], options);
    expect(stopping.state()).toEqual({ best: { epoch: 0, loss: null } });
    for (const [index, loss] of [3, 2, 2.5].entries()) await stopping.see({ epoch: index + 1, loss });
    const again = createEarlyStopping([], options, JSON.parse(JSON.stringify(stopping.state())));
    expect([again.exhausted(3), again.exhausted(4)]).toEqual([false, true]);
    expect(await again.see({ epoch: 4, loss: 2 })).toBe(false);
    expect(await again.see({ epoch: 4, loss: 1.9 })).toBe(true);
  });
});
