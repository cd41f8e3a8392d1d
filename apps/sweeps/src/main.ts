import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { curvesChart } from '@retrace/report';
import { startWasm } from '@retrace/runtime-wasm';
import { trialCurves } from '@retrace/sweep';
import { realSets } from './real-sets.ts';
import { renderPage, type Section } from './render-page.ts';
import { sweptSet } from './swept-set.ts';

const docs = new URL('../../../docs/', import.meta.url);
const folds = 3;

const folder = process.env.RETRACE_DATA;
if (!folder) {
  process.stderr.write('sweeps: set RETRACE_DATA to the folder of real data sets.\n');
  process.exitCode = 2;
} else {
  await startWasm();
  await mkdir(new URL('sweep/', docs), { recursive: true });
  const start = () => new Worker(new URL('./trial-worker.js', import.meta.url));
  const sections: Section[] = [];
  for (const set of realSets) {
    const from = performance.now();
    const swept = await sweptSet(set, folder, {
      folds,
      workers: { start, count: 2 },
      onTrial: ({ config }, { done, total }) =>
        console.log(
          `${set.name}: ${done}/${total} lookback ${config.windows.lookback}, units ${config.model.units}`,
        ),
    });
    sections.push({ set, swept, seconds: (performance.now() - from) / 1000 });
    await writeFile(new URL(`sweep/${set.name}.svg`, docs), curvesChart(trialCurves(swept.trials)));
  }
  const page = new URL('sweep.md', docs);
  await writeFile(page, renderPage(sections, folds));
  console.log(`Written: ${fileURLToPath(page)}`);
}
