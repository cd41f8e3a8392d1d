/**
 * Writes vendor/core-gradients.js: the gradients of the listed tfjs-core ops, taken from tfjs-core's own modules.
 *
 * tfjs-core's main entry registers no gradient, and Node cannot import its modules one by one (their relative
 * imports have no file extension). So the modules are joined into one, and what they import from the depths of
 * tfjs-core they import from its public entry instead: no second copy of an op comes along.
 *
 * Run with `node scripts/build-gradients.mjs` after changing the list or the version of tfjs-core.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const elementwise = [
  ...['Abs', 'Acos', 'Acosh', 'Add', 'AddN', 'Asin', 'Asinh', 'Atan', 'Atan2', 'Atanh', 'Cast', 'Ceil'],
  ...['ClipByValue', 'Cos', 'Cosh', 'Elu', 'Erf', 'Exp', 'Expm1', 'Floor', 'FloorDiv', 'GreaterEqual'],
  ...['Identity', 'IsFinite', 'IsInf', 'IsNan', 'LeakyRelu', 'Log', 'Log1p', 'Maximum', 'Minimum', 'Mod'],
  ...[
    'Multiply',
    'Neg',
    'OnesLike',
    'Pow',
    'Prelu',
    'RealDiv',
    'Reciprocal',
    'Relu',
    'Relu6',
    'Round',
    'Rsqrt',
  ],
  ...['Select', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Sinh', 'Softplus', 'Sqrt', 'Square', 'SquaredDifference'],
  ...['Step', 'Sub', 'Tan', 'Tanh', 'ZerosLike'],
];
// Not Prod: its gradient calls methods on tensors, which tfjs-core's main entry does not define.
const reductions = [
  'ArgMax',
  'ArgMin',
  'Cumsum',
  'LogSoftmax',
  'Max',
  'Mean',
  'Min',
  'Prod',
  'Softmax',
  'Sum',
];
const products = ['BatchMatMul'];
const shapes = [
  ...['BroadcastTo', 'Concat', 'ExpandDims', 'GatherV2', 'MirrorPad', 'OneHot', 'Pack', 'PadV2', 'Reshape'],
  ...['Reverse', 'Slice', 'SplitV', 'Tile', 'Transpose', 'Unpack', 'UnsortedSegmentSum'],
];
export const differentiable = [...elementwise, ...reductions, ...products, ...shapes].sort();

/** The public namespace of tfjs-core that re-exports an inner module, where its names are not at the top level. */
const namespaces = {
  util: 'util',
  'ops/axis_util': 'backend_util',
  'ops/broadcast_util': 'broadcast_util',
  'ops/selu_util': 'backend_util',
  'ops/slice_util': 'slice_util',
};

const notice = `/**
 * @license
 * Copyright 2020 Google LLC. All Rights Reserved.
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 * =============================================================================
 */`;

export function buildGradients() {
  const require = createRequire(import.meta.url);
  const core = dirname(require.resolve('@tensorflow/tfjs-core/package.json'));
  const { version } = require('@tensorflow/tfjs-core/package.json');
  const included = new Set();
  const topLevel = new Set();
  const imported = new Set();
  const destructured = new Map();
  const bodies = [];

  function include(module) {
    if (included.has(module)) return;
    included.add(module);
    const lines = readFileSync(join(core, 'dist/gradients', `${module}.js`), 'utf8')
      .replace(/^\/\*\*[\s\S]*?\*\/\n/, '')
      .replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
      .split('\n');
    const body = [];
    for (const line of lines) {
      if (line.startsWith('import ')) resolve(module, line);
      else body.push(line.replace(/^export (const|function)/, '$1').replace(/\bENGINE\b/g, 'engine()'));
      const name = /^(?:export )?(?:const|function) (\w+)/.exec(line)?.[1];
      if (name && topLevel.has(name)) throw new Error(`two modules define ${name}; rename one in ${module}`);
      if (name) topLevel.add(name);
    }
    bodies.push(`// ${module}.js\n${body.join('\n').trim()}`);
  }

  function resolve(module, line) {
    const [, names, source] = /^import (.+) from '(.+)';$/.exec(line) ?? [];
    const inner = source?.replace(/^\.\.\//, '');
    const list = /^\{ (.+) \}$/.exec(names)?.[1].split(', ');
    if (source?.startsWith('./')) include(source.slice(2));
    else if (inner in namespaces) {
      const namespace = namespaces[inner];
      const alias = /^\* as (\w+)$/.exec(names)?.[1] ?? namespace;
      imported.add(alias === namespace ? namespace : `${namespace} as ${alias}`);
      if (list) destructured.set(namespace, new Set([...(destructured.get(namespace) ?? []), ...list]));
    } else if (inner === 'engine') imported.add('engine');
    else if (list && /^(kernel_names|base|ops\/\w+)$/.test(inner))
      for (const name of list) imported.add(name);
    else throw new Error(`${module}: unforeseen ${line}`);
  }

  for (const op of differentiable) include(`${op}_grad`);
  const configs = [...topLevel].filter((name) => name.endsWith('GradConfig')).sort();
  const publicNames = Object.keys(require('@tensorflow/tfjs-core'));
  const missing = [...imported].filter((name) => !publicNames.includes(name.split(' ')[0]));
  if (missing.length > 0) throw new Error(`not exported by tfjs-core: ${missing.join(', ')}`);
  return `${notice}
// Made by scripts/build-gradients.mjs out of @tensorflow/tfjs-core ${version}, dist/gradients; do not edit.
// Changed from the original: the modules are joined, and import from tfjs-core's public entry.
import {
${[...imported]
  .sort()
  .map((name) => `  ${name},`)
  .join('\n')}
} from '@tensorflow/tfjs-core';

${[...destructured].map(([namespace, names]) => `const { ${[...names].sort().join(', ')} } = ${namespace};`).join('\n')}

${bodies.join('\n\n')}

export const coreGradients = [
${configs.map((name) => `  ${name},`).join('\n')}
];
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(new URL('../vendor/core-gradients.js', import.meta.url), buildGradients());
