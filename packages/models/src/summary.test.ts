import { describe, expect, it } from 'vitest';
import { classifier, composite, reconstruct, sequence, summary } from './index.ts';

describe('summary', () => {
  it('lists every layer with its output shape and weights', () => {
    const spec = reconstruct({ timesteps: 30, features: 4, units: [64, 16], dropout: 0.1 });
    expect(summary(spec).split('\n')).toEqual([
      'layer           what                  output           weights',
      'input           window                [batch, 30, 4]         0',
      'encoder/0       LSTM 64, dropout 0.1  [batch, 30, 64]   17,664',
      'encoder/1       LSTM 16, dropout 0.1  [batch, 16]        5,184',
      'decoder/input   RepeatVector          [batch, 30, 16]        0',
      'decoder/0       LSTM 16, dropout 0.1  [batch, 30, 16]    2,112',
      'decoder/1       LSTM 64, dropout 0.1  [batch, 30, 64]   20,736',
      'reconstruction  Dense 4 over time     [batch, 30, 4]       260',
      '45,956 weights: 45,956 trainable, 0 frozen',
    ]);
  });

  it('says what each layer reads where they are not a chain', () => {
    const spec = composite({
      timesteps: 3,
      features: 1,
      units: [2],
      horizon: 2,
      bridge: 'state',
      conditional: true,
    });
    expect(summary(spec).split('\n').slice(3, 5)).toEqual([
      'decoder/reconstruction/0  LSTM 2             [batch, 3, 2]       32  reconstruction, state of encoder/0',
      'reconstruction            Dense 1 over time  [batch, 3, 1]        3  decoder/reconstruction/0',
    ]);
  });

  it('counts what is frozen', () => {
    const spec = classifier({ timesteps: 3, features: 1, units: [2], classes: 2, frozen: true });
    expect(summary(spec)).toContain('38 weights: 6 trainable, 32 frozen');
  });

  // The counts that Keras prints for the published networks, in `count_params()` of the same layers.
  it.each([
    [{ units: [128, 64] }, ['67,072', '49,408', '0', '33,024', '98,816', '258'], '248,578'],
    [{ units: [128] }, ['67,072', '0', '131,584', '258'], '198,914'],
  ])('counts as Keras does: %j', (options, layers, total) => {
    const lines = summary(reconstruct({ timesteps: 3, features: 2, ...options })).split('\n');
    expect(lines.slice(2, -1).map((line) => line.split(/ +/).at(-1))).toEqual(layers);
    expect(lines.at(-1)).toContain(`${total} weights`);
  });

  it('counts the plain sequence network as Keras does', () => {
    const spec = sequence({ timesteps: 3, features: 2, units: [128, 64, 64, 128] });
    expect(summary(spec)).toContain('248,578 weights');
  });

  it('refuses a spec that is not valid', () => {
    expect(() => summary({} as never)).toThrow('/kind');
  });
});
