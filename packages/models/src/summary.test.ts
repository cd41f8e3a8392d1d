import { describe, expect, it } from 'vitest';
import { diagram, reconstruct, summary } from './index.ts';

const spec = reconstruct({ timesteps: 30, features: 4, units: [64, 16], dropout: 0.1 });

describe('summary', () => {
  it('lists every layer with its output shape and weights', () => {
    expect(summary(spec).split('\n')).toEqual([
      'layer           what                  output           weights',
      'input           window                [batch, 30, 4]         0',
      'encoder/0       LSTM 64, dropout 0.1  [batch, 30, 64]   17,664',
      'encoder/1       LSTM 16, dropout 0.1  [batch, 16]        5,184',
      'latent          repeat over time      [batch, 30, 16]        0',
      'decoder/0       LSTM 16, dropout 0.1  [batch, 30, 16]    2,112',
      'decoder/1       LSTM 64, dropout 0.1  [batch, 30, 64]   20,736',
      'reconstruction  dense over time       [batch, 30, 4]       260',
      '45,956 weights',
    ]);
  });
});

describe('diagram', () => {
  it('draws a box for every stage and an arrow between neighbours', () => {
    const svg = diagram(spec);
    expect(svg.match(/<rect /g)).toHaveLength(7);
    expect(svg.match(/<polyline /g)).toHaveLength(6);
    expect(svg).toContain('[batch, 30, 16]');
  });
});

describe.each([
  ['summary', summary],
  ['diagram', diagram],
])('%s', (_, describeModel) => {
  it('refuses a spec that is not valid, markup in it included', () => {
    const layer = { ...spec.encoder[0]!, activation: '<script>' as never };
    for (const wrong of [undefined, { ...spec, encoder: [layer] }])
      expect(() => describeModel(wrong as never)).toThrow('The model spec is not valid at /');
  });
});
