import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foreignFormatError } from './foreign-format.ts';
import { readSafetensors } from './read-safetensors.ts';

interface Recorded {
  readonly files: Readonly<Record<string, { readonly format: string; readonly head: string }>>;
}

const recorded: Recorded = JSON.parse(
  readFileSync(new URL('../fixtures/foreign.json', import.meta.url), 'utf8'),
);
const encode = (text: string) => new TextEncoder().encode(text);

describe('readSafetensors tells', () => {
  it.each(Object.entries(recorded.files))('%s, as its library wrote it', (_, { format, head }) => {
    const bytes = Uint8Array.from(Buffer.from(head, 'base64'));
    expect(() => readSafetensors(bytes)).toThrow(
      expect.objectContaining({ code: 'RETRACE_SAFETENSORS_FOREIGN', details: { format } }),
    );
  });

  it.each([
    ['tfjs', '{"format":"layers-model","modelTopology":{"class_name":"Model"}}', 'importLayersModel'],
    ['tfjs', '\n{ "weightsManifest": [{ "paths": ["../../etc/passwd"] }] }', 'importLayersModel'],
    ['html', '<!DOCTYPE html><html><body>404</body></html>', 'Check the address'],
    ['html', '\uFEFF\n<html lang="de">', 'Check the address'],
    ['git-lfs', 'version https://git-lfs.github.com/spec/v1\noid sha256:0', 'git lfs pull'],
    ['json', '[1, 2, 3, 4]', 'JSON.parse'],
    ['text', 'time,flow\n0,1.5\n', '@retrace/tables'],
    ['text', 'Zeit;Größe\n0;1,5\n', '@retrace/tables'],
  ])('%s: %j', (format, text, remedy) => {
    expect(() => readSafetensors(encode(text))).toThrow(
      expect.objectContaining({
        code: 'RETRACE_SAFETENSORS_FOREIGN',
        details: { format },
        message: expect.stringContaining(remedy),
      }),
    );
  });

  it('nothing of bytes that are like nothing', () => {
    expect(foreignFormatError(new Uint8Array())).toBeUndefined();
    expect(foreignFormatError(Uint8Array.of(1, 2, 3, 4))).toBeUndefined();
    expect(foreignFormatError(encode('a\0b'))).toBeUndefined();
  });

  it('a sound file from all of them, whatever the length of its header looks like', () => {
    // 640 is 80 02 in bytes, as a pickle begins; 0x1f08 is 08 1f, as an ONNX model may.
    for (const length of [640, 0x0708, 0x1f08]) {
      const file = new Uint8Array(8 + length).fill(0x20);
      new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
      file.set(encode('{}'), 8);
      expect(readSafetensors(file).tensors.size).toBe(0);
      expect(() => readSafetensors(file.subarray(0, 400))).toThrow('ends early');
    }
  });
});
