import { importError } from './import-error.ts';
import type { LayerPair } from './match-layers.ts';

const activationNames: Readonly<Record<string, string>> = { hard_sigmoid: 'hardSigmoid' };

/**
 * Refuses layers whose options, where the file tells them, are not those of the model's spec.
 *
 * @throws `RETRACE_IMPORT` naming the layer and the option.
 */
export function checkConfigs(pairs: readonly LayerPair[]): void {
  for (const [layer, { name, config }] of pairs) {
    if (!config) continue;
    const refuse = (option: string, expected: unknown, found: unknown) => {
      throw importError(
        `The layer '${name}' of the file has ${option} ${JSON.stringify(found)}, '${layer.name}' of the model ` +
          `${JSON.stringify(expected)}. Build the spec that the file was trained with.`,
        { layer: layer.name, source: name, option, expected, received: found },
      );
    };
    const { use_bias: useBias = true, go_backwards: backwards = false } = config;
    if (useBias !== true) refuse('use_bias', true, useBias);
    if (backwards !== false) refuse('go_backwards', false, backwards);
    if (!layer.spec) continue;
    for (const [option, expected] of [
      ['activation', layer.spec.activation],
      ['recurrent_activation', layer.spec.recurrentActivation],
    ] as const) {
      const found = config[option];
      if (found === undefined) continue;
      const ours = typeof found === 'string' ? (activationNames[found] ?? found) : found;
      if (ours !== expected) refuse(option, expected, found);
    }
  }
}
