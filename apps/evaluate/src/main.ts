import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startWasm } from '@retrace/runtime-wasm';
import { type EvaluatedSet, evaluateSet } from './evaluate-set.ts';
import { plotSet } from './plot-set.ts';
import { renderPage } from './render-page.ts';
import { renderSet } from './render-set.ts';
import { evaluationSets } from './sets/index.ts';

const names = evaluationSets.map(({ name }) => name);
const usage = `Measures detectors and baselines on public data sets with labelled anomalies.

  --data FOLDER    the folder of the sets; RETRACE_DATA by default
  --set NAME       only this set, repeatable: ${names.join(', ')}
  --seeds N        networks of each task, 5 by default
  --docs FILE      write the page
  --json FILE      write the figures of every run
  --from FILE      evaluate nothing: the figures are those that --json wrote
  --plots FOLDER   draw what the network makes of the first test series of each set, a page each
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    set: { type: 'string', multiple: true },
    seeds: { type: 'string', default: '5' },
    docs: { type: 'string' },
    json: { type: 'string' },
    from: { type: 'string' },
    plots: { type: 'string' },
    help: { type: 'boolean' },
  },
});
const folder = values.data ?? process.env.RETRACE_DATA;
const seeds = Number(values.seeds);
const known = (values.set ?? []).every((name) => names.includes(name));
const ready = (folder || values.from) && known && Number.isInteger(seeds) && seeds > 0;
if (values.help || !ready) {
  console.log(usage);
  process.exitCode = values.help ? 0 : 2;
} else {
  const results = values.from ? readResults(values.from) : await evaluateSets(folder!);
  if (values.docs) writeFileSync(values.docs, renderPage(results));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
}

async function evaluateSets(root: string): Promise<EvaluatedSet[]> {
  const runtime = await startWasm();
  const results: EvaluatedSet[] = [];
  for (const set of evaluationSets.filter(({ name }) => values.set?.includes(name) ?? true)) {
    const result = await evaluateSet(set, root, {
      seeds: Array.from({ length: seeds }, (_, k) => k),
      onTask: (text) => process.stderr.write(`${text}\n`),
    });
    results.push(result);
    console.log(renderSet(result).join('\n'));
    if (values.plots) {
      mkdirSync(values.plots, { recursive: true });
      writeFileSync(join(values.plots, `${set.name}.html`), await plotSet(set, root));
    }
  }
  runtime.dispose();
  return results;
}

/** Reads what `--json` wrote, with the protocols as they are now. */
function readResults(path: string): EvaluatedSet[] {
  const results: EvaluatedSet[] = JSON.parse(readFileSync(path, 'utf8'));
  return results.map((result) => {
    const set = evaluationSets.find(({ name }) => name === result.set.name);
    if (!set) throw new Error(`No set is named '${result.set.name}' any more. Evaluate again.`);
    return { ...result, set };
  });
}
