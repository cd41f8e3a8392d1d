import { describe, expect, it } from 'vitest';
import { anomalyRulesText } from './anomaly-rules-text.ts';

describe('anomalyRulesText', () => {
  it('tells each rule that is given', () => {
    const rules = { minRows: 3, mergeGap: 7_200_000, release: 0.5, tolerance: 300_000 };
    expect(anomalyRulesText(rules, true)).toBe(
      'An anomaly has at least 3 rows under alarm, joins stretches up to 2h apart, goes on above 0.5 of the threshold, ' +
        'lasts 5m before and after its rows.',
    );
    expect(anomalyRulesText({ mergeGap: 10 }, false)).toBe('An anomaly joins stretches up to 10 apart.');
  });

  it('says nothing where there is no rule', () => {
    expect(anomalyRulesText({}, true)).toBeUndefined();
  });
});
