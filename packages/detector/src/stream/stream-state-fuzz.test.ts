import { isRetraceError } from '@retrace/errors';
import { readSealedSafetensors, writeSealedSafetensors } from '@retrace/safetensors';
import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { fuzzLoader } from 'testkit';
import { beforeAll, describe, expect, it } from 'vitest';
import { smallDetector } from '../../fixtures/small-detector.ts';
import { interleaved } from '../../fixtures/streamed.ts';
import { wave } from '../../fixtures/wave.ts';
import type { Detector, StreamScorer } from '../index.ts';

/** `FUZZ_RUNS=1000000` tries as many files. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);

const rows = interleaved([wave('c1', 5, true), wave('new', 6)], [0, 1, 1]);
const files: Uint8Array[] = [];
let detector: Detector;

beforeAll(async () => {
  await setBackend('cpu');
  detector = await smallDetector();
  for (const options of [{}, { lateness: 120_000, tolerance: 60_000 }]) {
    const stream = await detector.stream(options);
    files.push(await stream.state());
    await stream.push(rows.slice(0, 310));
    files.push(await stream.state({ metadata: { offset: '310' } }));
  }
});

/** Opens a stream from a state and has it go on; what refuses a state is a named error. */
async function outcomeOf(state: Uint8Array): Promise<string> {
  try {
    const stream = await detector.stream({ state });
    await stream.push(rows.slice(310, 330));
    await stream.flush();
    return 'went on';
  } catch (error) {
    if (isRetraceError(error)) return error.code;
    throw error;
  }
}

/** Puts `value` in the place of the field that `turns` lead to. */
function replaced(json: unknown, turns: readonly number[], value: unknown): unknown {
  if (turns.length === 0 || typeof json !== 'object' || json === null) return value;
  const keys = Object.keys(json);
  if (keys.length === 0) return value;
  const key = keys[turns[0]! % keys.length]! as keyof typeof json;
  const changed = replaced(json[key], turns.slice(1), value);
  return Array.isArray(json)
    ? json.map((item, index) => (String(index) === key ? changed : item))
    : { ...json, [key]: changed };
}

describe('a stream', () => {
  it(
    'of any mutation of a state goes on and is saved alike, or is refused by a named error',
    async () => {
      const { numTensors } = memory();
      const loader = {
        async load(state: Uint8Array) {
          const loaded = await detector.stream({ state });
          await outcomeOf(state);
          return loaded;
        },
        save: (stream: StreamScorer) => stream.state({ metadata: stream.metadata }),
        dispose: (stream: StreamScorer) => stream.dispose(),
      };
      const codes = await fuzzLoader(files, loader, RUNS);
      expect(memory().numTensors).toBe(numTensors);
      expect([...codes.keys()]).toEqual(
        expect.arrayContaining(['RETRACE_STREAM_STATE', 'RETRACE_SAFETENSORS_CHECKSUM']),
      );
      expect(codes.get('loaded')).toBeGreaterThan(RUNS / 100);
    },
    12 * 3_600_000,
  );

  it('of a state with one number or field that is wrong goes on, or refuses it by a named error', async () => {
    const change = fc.record({
      turns: fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
      value: fc.constantFrom<unknown>(null, '', 'x', -1, 0, 1, 1.5, 3, 1e9, 2 ** 53, [], {}, [-1], [1, 2]),
      at: fc.nat(),
      number: fc.constantFrom(Number.NaN, Infinity, -1, 0, 0.5, 1, 2, 5, 400, 1e300),
      array: fc.constantFrom('text', 'numbers', 'windows/counters', 'windows/times', 'windows/values'),
    });
    const codes = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(change, fc.constantFrom(1, 3), async (drawn, file) => {
        const { tensors, metadata } = readSealedSafetensors(files[file]!);
        const { data, ...tensor } = tensors.get(drawn.array)!;
        if (drawn.array === 'text') {
          const json: unknown = JSON.parse(new TextDecoder().decode(data as Uint8Array));
          const text = JSON.stringify(replaced(json, drawn.turns, drawn.value));
          const bytes = new TextEncoder().encode(text);
          tensors.set('text', { dtype: 'U8', shape: [bytes.length], data: bytes });
        } else {
          data[drawn.at % data.length] = drawn.number;
          tensors.set(drawn.array, { ...tensor, data } as never);
        }
        const outcome = await outcomeOf(writeSealedSafetensors({ tensors, metadata }));
        codes.set(outcome, (codes.get(outcome) ?? 0) + 1);
      }),
      { numRuns: RUNS },
    );
    expect(codes.get('RETRACE_STREAM_STATE')).toBeGreaterThan(RUNS / 4);
    expect(codes.get('went on')).toBeGreaterThan(RUNS / 4);
  });
});
