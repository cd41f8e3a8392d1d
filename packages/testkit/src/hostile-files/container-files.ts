import { type FileForge, type HostileFile, tensorsIn } from './hostile-file.ts';

const safetensors = (kind: string) => `RETRACE_SAFETENSORS_${kind}`;
const zeros = (length: number) => new Uint8Array(length);

/** Files whose container is damaged, or says what cannot be: C1 to C8, as far as the header goes, C13 to C15 and C18. */
export function containerFiles(forge: FileForge): HostileFile[] {
  const { good, parts, unsealed, withHeader, withParts } = forge;
  const claiming = (length: bigint) => {
    const file = Buffer.from(good);
    file.writeBigUInt64LE(length);
    return new Uint8Array(file);
  };
  const doubled = (text: RegExp) => parts.header.replace(text, '$&$&');
  const nested = (opening: string) =>
    unsealed({ header: `{"__metadata__":{},"a":{"shape":${opening.repeat(20_000)}` });
  const [first, second] = tensorsIn(JSON.parse(parts.header)).map(([name]) => name) as [string, string];
  const last = tensorsIn(JSON.parse(parts.header)).at(-1)![0];
  const file = (id: string, what: string, bytes: Uint8Array, kind: string): HostileFile => ({
    id,
    what,
    bytes,
    code: safetensors(kind),
  });
  return [
    file('C1', 'nothing', zeros(0), 'TRUNCATED'),
    file('C2', 'eight zeros', zeros(8), 'HEADER'),
    file('C2', 'the length of a header alone', good.slice(0, 8), 'TRUNCATED'),
    file('C3', 'a header of 2^63 bytes', claiming(2n ** 63n), 'HEADER'),
    file('C3', 'a header of 100,000,001 bytes', claiming(100_000_001n), 'HEADER'),
    file('C3', 'a header of no bytes', claiming(0n), 'HEADER'),
    file('C3', 'a header that ends past the end', claiming(BigInt(good.length)), 'TRUNCATED'),
    file('C4', 'a header that is no object', unsealed({ header: `\0${parts.header}` }), 'HEADER'),
    file(
      'C5',
      'a header that is not UTF-8',
      unsealed({ header: Buffer.from(parts.header.replace('"', '"\xff'), 'latin1') }),
      'HEADER',
    ),
    file('C5', 'a header that is not JSON', withParts({ header: parts.header.replace(':', ';') }), 'HEADER'),
    file('C6', 'a tensor twice', withParts({ header: doubled(/"[^"]+":\{"dtype"[^}]*\},/) }), 'HEADER'),
    file('C6', 'a field of a tensor twice', withParts({ header: doubled(/"dtype":"F32",/) }), 'HEADER'),
    file(
      'C6',
      'a key of the metadata twice',
      withParts({ header: parts.header.replace('"__metadata__":{', '$&"a":"1","a":"2",') }),
      'HEADER',
    ),
    file('C7', '20,000 arrays in the header', nested('['), 'HEADER'),
    file('C7', '20,000 objects in the header', nested('{"a":'), 'HEADER'),
    ...['__proto__', 'constructor', 'prototype'].map((key) =>
      file(
        'C8',
        `${key} in a tensor`,
        withParts({ header: parts.header.replace('"dtype"', `"${key}":{"polluted":true},"dtype"`) }),
        'HEADER',
      ),
    ),
    file(
      'C13',
      'tensors that overlap',
      withHeader((header) => {
        const { shape, data_offsets: offsets } = header[first]!;
        header[second]!.shape = shape;
        header[second]!.data_offsets = offsets;
      }),
      'LAYOUT',
    ),
    file(
      'C13',
      'a hole between tensors',
      withHeader((header) => delete header[first]),
      'LAYOUT',
    ),
    file(
      'C13',
      'a tensor past the end',
      withHeader((header) => {
        const { shape, data_offsets: offsets } = header[last]!;
        header[last]!.shape = [10 ** 12, ...shape];
        offsets[1] = offsets[0] + 10 ** 12 * (offsets[1] - offsets[0]);
      }),
      'TRUNCATED',
    ),
    file(
      'C14',
      'a shape of more bytes than there are',
      withHeader((header) => header[first]!.shape.push(10 ** 12)),
      'LAYOUT',
    ),
    file(
      'C14',
      'a shape beyond exact integers',
      withHeader((header) => header[first]!.shape.push(2 ** 40, 2 ** 40)),
      'LAYOUT',
    ),
    file(
      'C15',
      'a dtype that is none',
      withHeader((header) => {
        header[first]!.dtype = 'F31';
      }),
      'DTYPE',
    ),
    file(
      'C15',
      'a dtype of other bytes',
      withHeader((header) => {
        header[first]!.dtype = 'F64';
      }),
      'LAYOUT',
    ),
    file('C18', 'a byte after the end', Uint8Array.of(...good, 0), 'LAYOUT'),
    file('C18', '4 KiB after the end', Uint8Array.of(...good, ...zeros(4096)), 'LAYOUT'),
  ];
}
