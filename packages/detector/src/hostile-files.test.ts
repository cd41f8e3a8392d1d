import { isRetraceError, type RetraceError } from '@retrace/errors';
import { createRandom } from '@retrace/random';
import { readSealedSafetensors, writeSealedSafetensors } from '@retrace/safetensors';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { hostileFiles, largestAllocation, notBytes } from 'testkit';
import { describe, expect, it } from 'vitest';
import { smallDetector } from '../fixtures/small-detector.ts';
import { detectorKey } from './detector-text.ts';
import { loadDetector } from './index.ts';
import { provenanceKey } from './provenance.ts';

const good = await goodFile();

async function goodFile(): Promise<Uint8Array> {
  await setBackend('cpu');
  const detector = await smallDetector();
  const bytes = await detector.save({ provenance: { training: { seed: 1 }, metrics: { rocAuc: 0.5 } } });
  detector.dispose();
  return bytes;
}

async function refusal(bytes: unknown): Promise<RetraceError | undefined> {
  try {
    (await loadDetector(bytes as Uint8Array)).dispose();
    return undefined;
  } catch (error) {
    if (isRetraceError(error)) return error;
    throw error;
  }
}

/** A part of the good file's JSON, changed by `change`, in a file that is sealed again. */
// biome-ignore lint/suspicious/noExplicitAny: a hostile file holds any JSON
function withText(key: string, change: (value: any) => unknown): Uint8Array {
  const { tensors, metadata } = readSealedSafetensors(good);
  const changed = change(JSON.parse(metadata[key]!));
  const text = typeof changed === 'string' ? changed : JSON.stringify(changed);
  return writeSealedSafetensors({ tensors, metadata: { ...metadata, [key]: text } });
}

/** The same with a `__proto__` after the first of `text`. */
const polluted = (key: string, text: string) =>
  withText(key, (value) => JSON.stringify(value).replace(text, '$&"__proto__":{"polluted":true},'));
const inState = (part: string, change: object) =>
  withText(detectorKey, (state) => ({ ...state, [part]: { ...state[part], ...change } }));
const inStates = (change: object) => withText(detectorKey, (state) => ({ ...state, ...change }));
/** The good scorer as each of two parts, the first changed. */
// biome-ignore lint/suspicious/noExplicitAny: a hostile file holds any JSON
const inCombined = (change: (part: any) => unknown) =>
  withText(detectorKey, (state) => {
    const part = { scale: 1, scorer: state.scorer };
    const parts = [change(part), part];
    const scorer = { format: 'retrace-combined-scorer', version: 1, kind: 'combined', by: 'mean', parts };
    return { ...state, outputs: ['reconstruction', 'latent'], scorer };
  });
const withLikelihood = withText(detectorKey, ({ scorer: { format, version, features }, ...state }) => ({
  ...state,
  scorer: { format, version, features, kind: 'likelihood', floor: [0, 0] },
}));
const inOrigin = (change: object) => withText(provenanceKey, (origin) => ({ ...origin, ...change }));

describe('loadDetector refuses', () => {
  it.each(hostileFiles(good).map((file) => [file.id, file.what, file] as const))(
    '%s: %s',
    async (_, __, { bytes, code }) => {
      const { numTensors } = memory();
      const allocated = await largestAllocation(async () => {
        expect((await refusal(bytes))?.code).toBe(code);
      });
      // Some ask for gigabytes.
      expect(allocated).toBeLessThan(2 ** 20);
      expect(memory().numTensors).toBe(numTensors);
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  it('nothing that a detector saved', async () => {
    expect(await refusal(good)).toBeUndefined();
  });

  it.each<[string, string, string, Uint8Array]>([
    ['C5', 'states that are not JSON', '/', withText(detectorKey, () => '{')],
    ['C6', 'a key of the states twice', '/', withText(detectorKey, () => '{"windows":1,"windows":1}')],
    ['C7', '20,000 objects in the states', '/', withText(detectorKey, () => '{"a":'.repeat(20_000))],
    ['C8', '__proto__ in the states', '/', polluted(detectorKey, '{')],
    ['C8', '__proto__ in the windows', '/windows', polluted(detectorKey, '"windows":{')],
    ['C8', '__proto__ in the scaler', '/scaler', polluted(detectorKey, '"scaler":{')],
    ['C8', '__proto__ in the provenance', '/provenance', polluted(provenanceKey, '{')],
    ['C8', '__proto__ in the training', '/provenance/training', polluted(provenanceKey, '"training":{')],
    ['C9', 'a scorer of an unknown kind', '/scorer', inState('scorer', { kind: 'constructor' })],
    ['C9', 'a threshold of an unknown kind', '/threshold', inState('threshold', { kind: 'eval' })],
    [
      'C10',
      'states of another format',
      '/format',
      withText(detectorKey, (state) => ({ ...state, format: 'x' })),
    ],
    ['C11', 'no scaler', '/scaler', withText(detectorKey, ({ scaler: _, ...rest }) => rest)],
    ['C11', 'a field nobody wrote', '/', withText(detectorKey, (state) => ({ ...state, extra: 1 }))],
    ['C11', 'a lookback that is text', '/windows/lookback', inState('windows', { lookback: '4' })],
    ['C11', 'more rows needed than a window has', '/windows', inState('windows', { minRows: 5 })],
    ['C22', 'a mean of NaN', '/scaler', inState('scaler', { center: [Number.NaN, 0] })],
    ['C22', 'a deviation of NaN', '/scaler', inState('scaler', { scale: [Number.NaN, 1] })],
    ['C22', 'a deviation of 0', '/scaler', inState('scaler', { scale: [0, 1] })],
    ['C22', 'a negative deviation', '/scaler', inState('scaler', { scale: [-1, 1] })],
    ['C22', 'a scaler of one feature for two', '/scaler', inState('scaler', { scale: [1] })],
    ['C23', 'a threshold of NaN', '/threshold', inState('threshold', { value: Number.NaN })],
    ['C23', 'a negative threshold', '/threshold', inState('threshold', { value: -1 })],
    ['C9', 'an output of an unknown name', '/outputs/0', inStates({ outputs: ['constructor'] })],
    ['C11', 'no outputs', '/outputs', inStates({ outputs: [] })],
    ['C11', 'an output twice', '/outputs', inStates({ outputs: ['prediction', 'prediction'] })],
    ['C24', 'more outputs than scorers', '/outputs', inStates({ outputs: ['reconstruction', 'prediction'] })],
    ['C9', 'a negative gap to merge over', '/anomalies', inStates({ anomalies: { mergeGap: -1 } })],
    ['C9', 'a rule of anomalies that is none', '/anomalies', inStates({ anomalies: { merge: 1 } })],
    ['C9', 'an unknown aggregate', '/aggregate', inStates({ aggregate: 'last' })],
    ['C11', 'a horizon that is text', '/windows/horizon', inState('windows', { horizon: '1' })],
    ['C11', 'a shift without a horizon', '/windows', inState('windows', { shift: 1 })],
    ['C24', 'a likelihood without variances', '/scorer/kind', withLikelihood],
    [
      'C22',
      'an entity with a spread of 0',
      '/scorer',
      inState('scorer', { entities: [{ id: 'a', spread: [0] }] }),
    ],
    ['C22', 'a scale of 0', '/scorer', inCombined((part) => ({ ...part, scale: 0 }))],
    [
      'C24',
      'a part of other features',
      '/scorer/parts/0/scorer/features',
      inCombined(({ scale, scorer }) => ({ scale, scorer: { ...scorer, features: ['b', 'a'] } })),
    ],
    ['C24', 'a scorer of other features', '/scorer/features', inState('scorer', { features: ['b', 'a'] })],
    ['C5', 'a provenance that is not JSON', '/provenance', withText(provenanceKey, () => 'never')],
    ['C6', 'a key of the provenance twice', '/provenance', withText(provenanceKey, () => '{"a":1,"a":1}')],
    ['C11', 'no calibration rows', '/provenance/calibration', inOrigin({ calibration: undefined })],
    ['C11', 'a digest that is none', '/provenance/training/data', inOrigin({ training: { data: 'x' } })],
    ['C11', 'a metric that is no number', '/provenance/metrics/f1', inOrigin({ metrics: { f1: '1' } })],
    ['C11', 'a date that is none', '/provenance/created', inOrigin({ created: 'yesterday' })],
  ])('%s: %s', async (_, __, pointer, bytes) => {
    expect(await refusal(bytes)).toMatchObject({ code: 'RETRACE_DETECTOR_FILE', details: { pointer } });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['states', withText(detectorKey, (state) => ({ ...state, version: 2 }))],
    ['scaler', inState('scaler', { version: 2 })],
    ['scorer', inState('scorer', { version: 2 })],
    ['threshold', inState('threshold', { version: 2 })],
    ['provenance', inOrigin({ version: 2 })],
  ])('C10: %s of a later version', async (_, bytes) => {
    expect(await refusal(bytes)).toMatchObject({
      code: 'RETRACE_UNSUPPORTED_VERSION',
      details: { version: 2, supported: 1 },
    });
  });

  it('C11: no provenance', async () => {
    const { tensors, metadata } = readSealedSafetensors(good);
    delete metadata[provenanceKey];
    expect(await refusal(writeSealedSafetensors({ tensors, metadata }))).toMatchObject({
      code: 'RETRACE_DETECTOR_FILE',
      details: { pointer: '/provenance' },
    });
  });

  it('C24: states of other windows than the model reads, and leaves no tensor behind', async () => {
    const { numTensors } = memory();
    const one = { center: [0], scale: [1], features: ['a'], constant: [] };
    const plain = { format: 'retrace-scorer', version: 1, kind: 'mae', features: ['a'] };
    const narrow = withText(detectorKey, (state) => ({
      ...state,
      scaler: { ...state.scaler, ...one },
      scorer: plain,
    }));
    expect(await refusal(narrow)).toMatchObject({
      code: 'RETRACE_DETECTOR_FILE',
      message: expect.stringContaining('`scaler` must be fitted on 2 features'),
    });
    expect(await refusal(inState('windows', { lookback: 5 }))).toMatchObject({
      code: 'RETRACE_DETECTOR_FILE',
      details: { argument: 'windows.lookback' },
    });
    expect(memory().numTensors).toBe(numTensors);
  });

  it('C16: a file cut at any of 1,000 places', async () => {
    const random = createRandom(16);
    for (let cut = 0; cut < 1000; cut++) {
      const error = await refusal(good.subarray(0, random.integer(good.length)));
      expect(error?.code).toBe('RETRACE_SAFETENSORS_TRUNCATED');
    }
  });

  it('C17: any of 10,000 bits flipped', async () => {
    const random = createRandom(17);
    for (let flip = 0; flip < 10_000; flip++) {
      const damaged = good.slice();
      damaged[random.integer(good.length)]! ^= 1 << random.integer(8);
      expect((await refusal(damaged))?.code).toMatch(/^RETRACE_SAFETENSORS_/);
    }
  });

  it.each(notBytes)('C26: %s, which it follows nowhere', async (_, source) => {
    expect(await refusal(source)).toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      message: expect.stringContaining('no path or address is ever followed'),
    });
  });
});
