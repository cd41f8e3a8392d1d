import { gzipSync } from 'node:zlib';
import type { HostileFile } from './hostile-file.ts';

/** Files of other programs, as far as their first bytes go: C25, and what a server sends in place of a file, C26. */
export function foreignFiles(): HostileFile[] {
  const weights = '[{"paths":["../../etc/passwd"],"weights":[]}]';
  const files: readonly (readonly [string, string, Uint8Array | string])[] = [
    ['C25', 'a Keras `.h5`', latin1('\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0')],
    ['C25', 'a `.keras`', latin1('PK\x03\x04\x14\0\0\0\0\0\0\0!\0')],
    ['C25', 'a pickle', latin1('\x80\x04\x95\xaf\0\0\0\0\0\0\0}\x94')],
    ['C25', 'an ONNX model', latin1('\x08\x0e\x12\x07pytorch:;\n\x10')],
    ['C25', 'a `model.json` that names a path', `{"modelTopology":{},"weightsManifest":${weights}}`],
    ['C25', 'a table', 'time,flow\n0,1.5\n1,2.5\n'],
    ['C25', 'a gzip file', new Uint8Array(gzipSync('time,flow\n'))],
    ['C26', 'a web page', '<!DOCTYPE html><html><body>404 Not Found</body></html>'],
  ];
  return files.map(([id, what, content]) => ({
    id,
    what,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    code: 'RETRACE_SAFETENSORS_FOREIGN',
  }));
}

function latin1(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}
