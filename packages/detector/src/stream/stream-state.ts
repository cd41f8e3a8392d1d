import {
  argumentError,
  checkFormat,
  checkInteger,
  checkKeys,
  checkRecord,
  isRetraceError,
  RetraceError,
} from '@retrace/errors';
import {
  parseMetadataJson,
  readSealedSafetensors,
  type Safetensors,
  type Tensor,
  writeSealedSafetensors,
} from '@retrace/safetensors';
import type { WindowStreamState } from '@retrace/windowing';
import type { EntityMemory } from './entity-memory.ts';

/** The metadata key that holds what the tensors of a state are of. */
export const streamKey = 'retrace.stream';

/** What `state` of a stream writes. */
export interface StreamState {
  /** The digest of the detector. */
  readonly detector: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly windows: WindowStreamState;
  /** What the scoring of each entity of the windows goes on from. */
  readonly entities: readonly PackedEntity[];
}

/** The memory of an entity but for where its windows stand, which those tell. */
export type PackedEntity = Omit<EntityMemory, 'run' | 'total'>;

const arrays = {
  counters: 'F64',
  values: 'F32',
  times: 'F64',
  observed: 'U8',
  labels: 'U8',
  waiting: 'F64',
  waitingValues: 'F64',
  waitingObserved: 'U8',
} as const;

/** Writes a state as the bytes of a sealed safetensors file. */
export function packStreamState({ detector, metadata, windows, entities }: StreamState): Uint8Array {
  const tensors = new Map<string, Tensor>();
  const put = (name: string, dtype: Tensor['dtype'], data: Tensor['data']) =>
    tensors.set(name, { dtype, shape: [data.length], data } as Tensor);
  for (const [field, dtype] of Object.entries(arrays))
    put(`windows/${field}`, dtype, windows[field as keyof typeof arrays]);
  const lengths = entities.map(({ numbers }) => numbers.length);
  const numbers = new Float64Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const entity of entities) {
    numbers.set(entity.numbers, at);
    at += entity.numbers.length;
  }
  put('numbers', 'F64', numbers);
  const text = {
    ids: windows.ids,
    entities: entities.map(({ numbers: own, ...rest }) => ({ length: own.length, ...rest })),
  };
  // Not in the metadata, whose size has a limit.
  put('text', 'U8', new TextEncoder().encode(JSON.stringify(text)));
  const { format, version, identity, counts } = windows;
  const manifest = {
    format: 'retrace-stream',
    version: 1,
    detector,
    windows: { format, version, identity, counts },
  };
  return writeSealedSafetensors({
    tensors,
    metadata: { ...metadata, [streamKey]: JSON.stringify(manifest) },
  });
}

/**
 * Reads the bytes of a state, and checks what its parts do not check of themselves.
 *
 * @throws `RETRACE_SAFETENSORS_…` for damaged bytes; `RETRACE_STREAM_STATE` for a file that holds no state, or that of a
 * stream of another detector; `RETRACE_UNSUPPORTED_VERSION`.
 */
export function unpackStreamState(bytes: Uint8Array, detector: string): StreamState {
  const file = readSealedSafetensors(bytes);
  const { [streamKey]: text, ...metadata } = file.metadata;
  if (text === undefined) throw streamStateError('The file is sound but holds no state of a stream.');
  return checkStreamState(() => {
    const manifest = checkRecord('state', parseMetadataJson(text));
    checkFormat('state', manifest, 'retrace-stream');
    checkKeys('state', manifest, ['format', 'version', 'detector', 'windows']);
    if (manifest.detector !== detector) {
      throw streamStateError('It is of a stream of another detector, whose model or fitted states differ.');
    }
    const parts = checkRecord(
      'text',
      parseMetadataJson(new TextDecoder().decode(arrayOf(file, 'text', 'U8'))),
    );
    checkKeys('text', parts, ['ids', 'entities']);
    const fields = Object.entries(arrays).map(
      ([field, dtype]) => [field, arrayOf(file, `windows/${field}`, dtype)] as const,
    );
    const windows = { ...checkRecord('state.windows', manifest.windows), ids: parts.ids };
    return {
      detector,
      metadata,
      // Checked by the stream of windows, field by field.
      windows: { ...windows, ...Object.fromEntries(fields) } as unknown as WindowStreamState,
      entities: entitiesOf(parts.entities, arrayOf(file, 'numbers', 'F64') as Float64Array),
    };
  });
}

/** Runs checks of a state; gives what they refuse the code of a state, but for a version that is not known. */
export function checkStreamState<T>(check: () => T): T {
  try {
    return check();
  } catch (cause) {
    const passes =
      isRetraceError(cause, 'RETRACE_UNSUPPORTED_VERSION') || isRetraceError(cause, 'RETRACE_STREAM_STATE');
    if (passes || !isRetraceError(cause)) throw cause;
    throw streamStateError(cause.message, cause);
  }
}

function entitiesOf(value: unknown, numbers: Float64Array): PackedEntity[] {
  if (!Array.isArray(value)) throw argumentError('entities', 'an array', value);
  let at = 0;
  const entities = value.map((each, index) => {
    const { length, ...entity } = checkRecord(`entities[${index}]`, each);
    checkKeys(`entities[${index}]`, entity, ['scores', 'alarm', 'anomalies']);
    const from = at;
    at += checkInteger(`entities[${index}].length`, length, { min: 0 });
    return { ...entity, numbers: numbers.subarray(from, at) } as unknown as PackedEntity;
  });
  if (at !== numbers.length) throw argumentError('numbers', `of length ${at}`, numbers);
  return entities;
}

function arrayOf({ tensors }: Safetensors, name: string, dtype: Tensor['dtype']): Tensor['data'] {
  const tensor = tensors.get(name);
  if (tensor?.dtype === dtype) return tensor.data;
  throw argumentError(name, `a tensor of ${dtype}`, tensor?.dtype);
}

function streamStateError(problem: string, cause?: RetraceError): RetraceError {
  return new RetraceError(
    'RETRACE_STREAM_STATE',
    `\`state\` must be what \`state\` of a stream of the same detector gave. ${problem}`,
    cause?.details ?? {},
    { cause },
  );
}
