import { readFile, writeFile } from 'node:fs/promises';
import { loadDetector } from '@retrace/detector';
import { seriesChart } from '@retrace/report';
import { startWasm } from '@retrace/runtime-wasm';
import { readSeries } from '@retrace/tables';
import { columns, featureUnits } from './recipe.ts';

const folder = new URL('../../../out/demo/', import.meta.url);

/** Draws one unseen pump of the last demo, for the README. */
await startWasm();
const detector = await loadDetector(await readFile(new URL('pumps.retrace', folder)));
const pumps = await readSeries(await readFile(new URL('unseen-101.csv', folder)), columns);
const pump = pumps.find(({ id }) => id === 'pump-101-01')!;
const scored = await detector.score(pump);
const { reconstruction, scores, thresholds } = scored;
const anomalies = detector.anomaliesIn(scored);
const view = {
  ...pump,
  units: featureUnits,
  reconstruction,
  score: scores,
  threshold: thresholds,
  anomalies,
};
const { maxGap = Infinity } = detector.state.windows;
await writeFile(
  new URL('../pump.svg', import.meta.url),
  seriesChart(view, { width: 960, panelHeight: 72, maxGap }),
);
