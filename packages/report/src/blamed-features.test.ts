import { describe, expect, it } from 'vitest';
import { exampleView } from '../fixtures/example-view.ts';
import { blamedFeatures } from './blamed-features.ts';

describe('blamedFeatures', () => {
  const { features, anomalies = [] } = exampleView();
  it('takes those with the largest share first, in the order of the columns', () => {
    expect(blamedFeatures(features, anomalies, 1)).toEqual([2]);
    expect(blamedFeatures(features, anomalies, 3)).toEqual([0, 1, 2]);
  });
  it('takes the first where nothing is blamed, and all where there is room', () => {
    expect(blamedFeatures(features, [], 2)).toEqual([0, 1]);
    expect(blamedFeatures(features, anomalies, 9)).toEqual([0, 1, 2, 3]);
  });
});
