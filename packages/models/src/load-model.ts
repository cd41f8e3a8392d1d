import { checkKeys, RetraceError, received } from '@retrace/errors';
import { parseMetadataJson, readSealedSafetensors, type Safetensors } from '@retrace/safetensors';
import { checkLossFunctions, parseAddedLosses } from './added-losses.ts';
import { weightSpecs } from './architecture.ts';
import { BuiltModel } from './built-model.ts';
import { type LossFunctions, lossesKey } from './loss-functions.ts';
import { parseSpec } from './parse-spec.ts';
import { specKey } from './save-model.ts';
import type { SequenceModel } from './sequence-model.ts';
import type { ModelSpec } from './spec.ts';
import type { LossOfActivations } from './tensor-model.ts';

export interface LoadModelOptions {
  /**
   * The functions of the losses that were added to the model before it was saved, by name; or 'none' to load it
   * without them. Default: none are expected.
   */
  readonly losses?: LossFunctions | 'none';
}

/**
 * Builds a model from a file that `saveModel` wrote: its bytes, or what `readSealedSafetensors` made of them.
 * Everything is checked before a weight is allocated: the file's structure and checksum, the spec and its size, the
 * list of losses, and every weight's name, type, shape and values. A path or an address is refused, never followed, be
 * it an argument or in a file.
 *
 * @throws `RETRACE_SAFETENSORS_…` for a damaged file, or one of another format; `RETRACE_MODEL_SPEC` for an invalid spec
 * or one of more than 2²⁸ weights; `RETRACE_MODEL_FILE` for a file that is no model or whose weights do not fit its spec;
 * `RETRACE_UNSUPPORTED_VERSION` for the file of a later release; `RETRACE_MODEL_LOSSES` naming added losses that were
 * not supplied; `RETRACE_INVALID_ARGUMENT` for a loss that the file does not list, and for anything but bytes.
 */
export async function loadModel(
  source: Uint8Array | Safetensors,
  options: LoadModelOptions = {},
): Promise<SequenceModel> {
  checkKeys('options', options, ['losses']);
  const { losses = {} } = options;
  const file = isRead(source) ? source : readSealedSafetensors(source);
  const spec = parseSpec(specOf(file));
  const listed = parseAddedLosses(file.metadata[lossesKey], spec);
  if (losses !== 'none') checkLossFunctions(listed, losses);
  const model = new BuiltModel(spec, weightValues(file, spec));
  if (losses === 'none') return model;
  for (const { name, weight } of listed) model.addLoss(name, losses[name] as LossOfActivations, { weight });
  return model;
}

function isRead(source: Uint8Array | Safetensors): source is Safetensors {
  const { tensors, metadata } = (source ?? {}) as Partial<Safetensors>;
  return tensors instanceof Map && typeof metadata === 'object' && metadata !== null;
}

function specOf({ metadata }: Safetensors): unknown {
  const text = metadata[specKey];
  if (text === undefined) {
    throw modelFileError(`The file is sound but holds no model: its metadata has no '${specKey}'.`, {
      missing: specKey,
    });
  }
  try {
    return parseMetadataJson(text);
  } catch (cause) {
    const problem = cause instanceof Error ? ` ${cause.message}` : '';
    throw modelFileError(`The model spec in '${specKey}' cannot be read.${problem}`, {}, cause);
  }
}

function weightValues({ tensors }: Safetensors, spec: ModelSpec): ReadonlyMap<string, Float32Array> {
  const values = new Map<string, Float32Array>();
  for (const { name, shape } of weightSpecs(spec)) {
    const tensor = tensors.get(name);
    if (!tensor)
      throw modelFileError(`The file lacks the weight '${name}' that its spec asks for.`, { weight: name });
    if (tensor.dtype !== 'F32' || tensor.shape.join() !== shape.join()) {
      throw modelFileError(
        `The weight '${name}' must be F32 of shape [${shape.join(', ')}]. Received: ${tensor.dtype} of shape [${tensor.shape.join(', ')}].`,
        { weight: name, shape: tensor.shape, expected: shape },
      );
    }
    const data = tensor.data as Float32Array;
    const at = data.findIndex((value) => !Number.isFinite(value));
    if (at !== -1) {
      throw modelFileError(`The weight '${name}' holds ${data[at]} at position ${at}.`, {
        weight: name,
        position: at,
      });
    }
    values.set(name, data);
  }
  const extra = [...tensors.keys()].find((name) => !values.has(name));
  if (extra !== undefined)
    throw modelFileError(`The file holds ${received(extra)}, which its spec has no use for.`, {
      weight: extra,
    });
  return values;
}

function modelFileError(
  message: string,
  details: Readonly<Record<string, unknown>>,
  cause?: unknown,
): RetraceError {
  return new RetraceError('RETRACE_MODEL_FILE', message, details, { cause });
}
