import { adamRule } from './adam-rule.ts';
import { adamaxRule } from './adamax-rule.ts';
import { nadamRule } from './nadam-rule.ts';
import type { OptimizerRule } from './optimizer-rule.ts';
import type { Optimizer } from './optimizer-spec.ts';
import { rmspropRule } from './rmsprop-rule.ts';
import { sgdRule } from './sgd-rule.ts';

/** The rule by which an optimizer moves each variable. */
export function ruleOf(optimizer: Optimizer): OptimizerRule {
  switch (optimizer.kind) {
    case 'adam':
      return adamRule(optimizer);
    case 'adamax':
      return adamaxRule(optimizer);
    case 'nadam':
      return nadamRule(optimizer);
    case 'sgd':
      return sgdRule(optimizer);
    case 'rmsprop':
      return rmspropRule(optimizer);
  }
}
