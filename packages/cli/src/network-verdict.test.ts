import { describe, expect, it } from 'vitest';
import { networkVerdict } from './network-verdict.ts';

describe('networkVerdict', () => {
  const method = (name: string, averagePrecision: number | null) => ({ name, averagePrecision });

  it('says that a network pays only where it is better than the best baseline', () => {
    const baselines = [method('last value', 0.2), method('PCA', 0.5), method('VAR', null)];
    expect(networkVerdict(method('autoencoder', 0.6), baselines)).toBe(
      'By average precision the autoencoder pays: 0.600, the best baseline (PCA) 0.500.',
    );
    expect(networkVerdict(method('autoencoder', 0.5), baselines)).toBe(
      'By average precision the autoencoder does not pay: 0.500, the best baseline (PCA) 0.500.',
    );
  });

  it('says nothing where labels or baselines are missing', () => {
    expect(networkVerdict(method('autoencoder', null), [method('PCA', 0.5)])).toBe('');
    expect(networkVerdict(method('autoencoder', 0.5), [method('PCA', null)])).toBe('');
  });
});
