import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startWasm } from '@retrace/runtime-wasm';
import { type EvaluatedSet, evaluateSet } from './evaluate-set.ts';
import { plotSet } from './plot-set.ts';
import { renderPage } from './render-page.ts';
import { evaluationSets } from './sets/index.ts';

const names = evaluationSets.map(({ name }) => name);
const usage = `Measures detectors and baselines on public data sets with labelled anomalies.

  --data FOLDER    the folder of the sets; RETRACE_DATA by default
  --set NAME       only this set, repeatable: ${names.join(', ')}
  --seeds N        networks of each task, 5 by default
  --docs FILE      write the page
  --json FILE      write the figures of every run
  --plots FOLDER   draw what the network makes of the first test series of each set, a page each
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    set: { type: 'string', multiple: true },
    seeds: { type: 'string', default: '5' },
    docs: { type: 'string' },
    json: { type: 'string' },
    plots: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const folder = values.data ?? process.env.RETRACE_DATA;
const seeds = Number(values.seeds);
const known = (values.set ?? []).every((name) => names.includes(name));
if (values.help || !folder || !known || !(Number.isInteger(seeds) && seeds > 0)) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  const runtime = await startWasm();
  const results: EvaluatedSet[] = [];
  for (const set of evaluationSets.filter(({ name }) => values.set?.includes(name) ?? true)) {
    const onTask = (text: string) => process.stderr.write(`${text}\n`);
    const result = await evaluateSet(set, folder, {
      seeds: Array.from({ length: seeds }, (_, k) => k),
      onTask,
    });
    results.push(result);
    const page = renderPage([result], seeds);
    console.log(page.slice(page.indexOf('## ')));
    if (values.plots) {
      mkdirSync(values.plots, { recursive: true });
      writeFileSync(join(values.plots, `${set.name}.html`), await plotSet(set, folder));
    }
  }
  if (values.docs) writeFileSync(values.docs, renderPage(results, seeds));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
  runtime.dispose();
}
