import { readFileSync } from 'node:fs';
import { readSealedSafetensors } from '@retrace/safetensors';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallDetector } from '../fixtures/small-detector.ts';
import { wave } from '../fixtures/wave.ts';
import { loadDetector, seriesDigest, type ToldProvenance } from './index.ts';
import { version } from './version.ts';

const told: ToldProvenance = {
  created: '2026-01-02T03:04:05Z',
  training: { data: seriesDigest([wave('t', 7)]), seed: 3, epochs: 20, loss: 0.25, validationLoss: 0.5 },
  metrics: { rocAuc: 0.9, 'events.f1': 1 },
};

beforeAll(() => setBackend('cpu'));

describe('the provenance of a detector', () => {
  it('names the release and the calibration rows of a new one, and no time, so that its file is reproducible', async () => {
    const detector = await smallDetector();
    const again = await smallDetector();
    expect(detector.provenance).toEqual({
      versions: { retrace: version },
      calibration: seriesDigest([wave('c1', 1)]),
    });
    expect(await again.save()).toEqual(await detector.save());
    for (const each of [detector, again]) each.dispose();
  });

  it('takes what `save` is told, comes back with the file and is saved again unchanged', async () => {
    const detector = await smallDetector();
    const bytes = await detector.save({ provenance: told });
    const loaded = await loadDetector(bytes);
    expect(loaded.provenance).toEqual({ ...detector.provenance, ...told });
    expect(loaded.metadata).toEqual({});
    expect(await loaded.save()).toEqual(bytes);
    const measured = await loadDetector(await loaded.save({ provenance: { metrics: { rocAuc: 0.8 } } }));
    expect(measured.provenance).toEqual({ ...loaded.provenance, metrics: { rocAuc: 0.8 } });
    for (const each of [detector, loaded, measured]) each.dispose();
  });

  it('gives the same bytes in whatever order it is told', async () => {
    const detector = await smallDetector();
    const expected = await detector.save({ provenance: told });
    const reversed = Object.fromEntries(Object.entries(told).reverse());
    expect(await detector.save({ provenance: reversed })).toEqual(expected);
    const { metrics, ...rest } = told;
    const measured = await loadDetector(await detector.save({ provenance: { metrics } }));
    expect(await measured.save({ provenance: rest })).toEqual(expected);
    for (const each of [detector, measured]) each.dispose();
  });

  it('is plain JSON in the metadata of the file', async () => {
    const detector = await smallDetector();
    const { metadata } = readSealedSafetensors(await detector.save({ provenance: told }));
    expect(JSON.parse(metadata['retrace.provenance']!)).toEqual({
      format: 'retrace-provenance',
      version: 1,
      ...detector.provenance,
      ...told,
    });
    detector.dispose();
  });

  it.each<[string, unknown]>([
    ['provenance', null],
    ['provenance', { seed: 1 }],
    ['provenance', { calibration: seriesDigest([]) }],
    ['provenance.created', { created: '2026' }],
    ['provenance.training.seed', { training: { seed: -1 } }],
    ['provenance.training.loss', { training: { loss: Number.NaN } }],
    ['provenance.training.data.sha256', { training: { data: { ...seriesDigest([]), sha256: 'F' } } }],
    ['provenance.metrics.rocAuc', { metrics: { rocAuc: null } }],
  ])('refuses, naming `%s`, %j', async (argument, provenance) => {
    const detector = await smallDetector();
    await expect(detector.save({ provenance: provenance as never })).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      details: { argument },
    });
    detector.dispose();
  });
});

describe('version', () => {
  it('is that of the package', () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
    expect(version).toBe(manifest.version);
  });
});
