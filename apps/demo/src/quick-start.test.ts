import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runExample, simulateFleet, toFleetCsv } from 'testkit';
import { expect, it } from 'vitest';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const folder = fileURLToPath(new URL('..', import.meta.url));

/** Pumps that report three times a minute: the quick start takes a minute without a report for a gap. */
function frequentPumps(): string {
  const { rows } = simulateFleet({ seed: 11, machines: 3, hours: 24, faultShare: 0.2 });
  const start = Date.parse(rows[0]!.timestamp);
  return toFleetCsv({
    rows: rows.map((row) => ({
      ...row,
      timestamp: new Date(start + (Date.parse(row.timestamp) - start) / 3).toISOString(),
    })),
  });
}

it('the quick start of the README runs as it stands and lists anomalies', { timeout: 180_000 }, async () => {
  const [code, ...others] = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((block) => block[1]!);
  expect(others).toEqual([]);
  const printed = await runExample({ code: code!, folder }, { files: { 'pumps.csv': frequentPumps() } });
  expect(printed).toMatch(/│ \(index\) │ id .*│ start .*│ blame/);
  expect(printed).toContain("'pump-11-03'");
});
