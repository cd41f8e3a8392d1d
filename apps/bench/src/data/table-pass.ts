/** @file `table-pass.js PASS FILE`, run by compare-tables.ts: goes once over a table and prints what that took. */
import { createReadStream } from 'node:fs';

const [pass, file] = process.argv.slice(2) as [Pass, string];

export type Pass = 'parse' | 'fit' | 'windows';

const roles = { time: 'time', by: 'sensor' };

/** The plain parser, which nothing is done with. */
async function parse(): Promise<number> {
  const { parse: parser } = await import('csv-parse');
  let records = 0;
  const stream = createReadStream(file, { highWaterMark: 2 ** 18 }).pipe(parser());
  stream.on('readable', () => {
    while (stream.read() !== null) records++;
  });
  await new Promise((resolve, reject) => stream.on('end', resolve).on('error', reject));
  return records - 1;
}

async function fit(): Promise<number> {
  const { readRows } = await import('@retrace/tables');
  const { createScalerFitter } = await import('@retrace/windowing');
  const fitter = createScalerFitter();
  for await (const series of readRows(file, roles)) fitter.add([series]);
  fitter.finish();
  return fitter.statistics().count[0]!;
}

async function windows(): Promise<number> {
  const { readRows } = await import('@retrace/tables');
  const { fitScaler, windowStream } = await import('@retrace/windowing');
  let stream: ReturnType<typeof windowStream> | undefined;
  let visited = 0;
  for await (const series of readRows(file, roles)) {
    stream ??= windowStream({ lookback: 30 }, { features: series.features, scaler: fitScaler([series]) });
    visited += stream.push(series).size;
  }
  return visited;
}

const began = performance.now();
const count = await { parse, fit, windows }[pass]();
const ms = performance.now() - began;
console.log(JSON.stringify({ ms, count, peakBytes: 1024 * process.resourceUsage().maxRSS }));
