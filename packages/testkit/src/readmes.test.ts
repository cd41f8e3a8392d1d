import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toFleetCsv } from './fleet/fleet-csv.ts';
import { simulateFleet } from './fleet/simulate-fleet.ts';
import { readmeExamples } from './readme-examples.ts';
import { requirements } from './requirements.ts';
import { runExample } from './run-example.ts';

const packages = new URL('../../', import.meta.url);
const examples = readdirSync(packages).flatMap((name) => {
  const readme = new URL(`${name}/README.md`, packages);
  return existsSync(readme) ? readmeExamples(readme).map((example) => ({ name, ...example })) : [];
});
const withoutTensorflow = !requirements.tensorflow.find();
const files = {
  'pumps.csv': toFleetCsv(simulateFleet({ seed: 1, machines: 4, hours: 24 })),
  'stacked.keras': readFileSync(new URL('interop/fixtures/stacked.keras', packages)),
};

describe('the READMEs', () => {
  it.for(examples)('$name, line $line: the example prints what it says', async (example, { skip }) => {
    skip(example.name === 'runtime-node' && withoutTensorflow);
    expect(await runExample(example, { files })).toBe(example.output);
  });
});
