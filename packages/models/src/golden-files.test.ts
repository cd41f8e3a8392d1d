import { existsSync, readdirSync, readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { scalar, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel, type ModelInput, type SequenceModel, saveModel } from './index.ts';
import { specSchemas } from './spec-schema.ts';
import { tensorsOf } from './tensors.ts';

/** What `fixtures/write-golden.mjs` wrote beside a model. */
interface Golden {
  readonly size: number;
  readonly input: readonly number[];
  readonly mask: readonly number[];
  readonly losses: readonly { readonly name: string; readonly weight: number }[];
  readonly outputs: Readonly<Record<string, readonly number[]>>;
  readonly maskedOutputs: Readonly<Record<string, readonly number[]>>;
}

const root = new URL('../fixtures/golden/', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const cases = readdirSync(root).flatMap((release) =>
  readdirSync(new URL(`${release}/`, root))
    .filter((file) => file.endsWith('.safetensors'))
    .map((file) => ({ release, name: file.replace('.safetensors', '') })),
);

beforeAll(() => setBackend('cpu'));

const read = (path: string) => new Uint8Array(readFileSync(new URL(path, root)));
const expected = (path: string): Golden => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

function load(path: string): Promise<SequenceModel> {
  const { losses } = expected(`${path}.json`);
  const functions = Object.fromEntries(losses.map(({ name }) => [name, () => scalar(0)]));
  return loadModel(read(`${path}.safetensors`), { losses: functions });
}

async function outputsOf(model: SequenceModel, batch: ModelInput): Promise<Record<string, Float32Array>> {
  const latent = model.spec.kind === 'sequence' ? {} : { 'latent vectors': await model.encode(batch) };
  return { ...(await model.run(batch)), ...latent };
}

function expectClose(actual: Readonly<Record<string, Float32Array>>, wanted: Golden['outputs']): void {
  expect(Object.keys(actual)).toEqual(Object.keys(wanted));
  for (const [name, values] of Object.entries(wanted)) {
    expect(actual[name], name).toHaveLength(values.length);
    values.forEach((value, index) => {
      expect(Math.abs(actual[name]![index]! - value), `${name}[${index}]`).toBeLessThanOrEqual(1e-6);
    });
  }
}

describe.each(cases)('the file of release $release, $name', ({ release, name }) => {
  const path = `${release}/${name}`;

  it('loads, and puts out what it put out then', async () => {
    const { size, input, mask, losses, outputs, maskedOutputs } = expected(`${path}.json`);
    const model = await load(path);
    const batch = { size, input: Float32Array.from(input) };
    expectClose(await outputsOf(model, batch), outputs);
    expectClose(await outputsOf(model, { ...batch, mask: Uint8Array.from(mask) }), maskedOutputs);
    expect(tensorsOf(model).addedLosses.map(({ name, weight }) => ({ name, weight }))).toEqual(losses);
    model.dispose();
  });

  it.runIf(release === version)('is written today with the same bytes', async () => {
    const model = await load(path);
    const saved = await saveModel(model, { metadata: { golden: name } });
    expect(Buffer.compare(saved, read(`${path}.safetensors`))).toBe(0);
    model.dispose();
  });
});

describe('the golden files', () => {
  it('are there for this release: `node packages/models/fixtures/write-golden.mjs` after a build', () => {
    expect(existsSync(new URL(`${version}/`, root))).toBe(true);
  });

  it('hold every kind of model', async () => {
    const kinds = new Set<string>();
    for (const { release, name } of cases.filter((each) => each.release === version)) {
      const model = await load(`${release}/${name}`);
      kinds.add(model.spec.kind);
      model.dispose();
    }
    expect([...kinds].sort()).toEqual(Object.keys(specSchemas).sort());
  });
});
