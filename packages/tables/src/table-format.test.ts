import { describe, expect, it } from 'vitest';
import { readSeries, type TableFormat } from './index.ts';
import { detectFormat, formatOfName, withoutExtension } from './table-format.ts';

describe('detectFormat', () => {
  it.each([
    ['PAR1\x15\x04', 'parquet'],
    ['ARROW1\0\0', 'arrow'],
    ['\xff\xff\xff\xff\xd0\x02\0\0\x10\0', 'arrow'],
    ['\x93NUMPY\x01\0', 'npy'],
    ['{"a": 1}', 'jsonl'],
    ['\xef\xbb\xbf \n{"a": 1}', 'jsonl'],
    ['a,b\n1,2', 'csv'],
    ['', 'csv'],
  ])('tells %j to be %s', (head, format) => {
    expect(detectFormat(head)).toBe(format);
  });
});

describe('formatOfName', () => {
  it.each([
    ['pumps.csv', 'csv'],
    ['a.b/pumps.TSV.gz', 'csv'],
    ['pumps.ndjson', 'jsonl'],
    ['pumps.feather', 'arrow'],
    ['pumps.constructor', undefined],
    ['pumps', undefined],
  ])('of %s is %s', (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });
});

describe('withoutExtension', () => {
  it.each([
    ['/data/pumps.csv.gz', 'pumps'],
    ['C:\\data\\pumps.parquet', 'pumps'],
    ['pumps.2024.txt', 'pumps.2024'],
    ['pumps.2024', 'pumps.2024'],
    ['.csv', ''],
  ])('of %s is %j', (name, stem) => {
    expect(withoutExtension(name)).toBe(stem);
  });
});

describe('readSeries', () => {
  const json = '{"a": 1}\n';

  it('reads a file as what it is and warns of a name that says otherwise', async () => {
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    const [series] = await readSeries(new File([json], 'pumps.csv'), { onWarning });
    expect([series!.id, ...series!.values]).toEqual(['pumps', 1]);
    expect(warnings).toEqual([
      'pumps.csv: The name promises CSV text, yet this is JSON lines, and was read as such.',
    ]);
  });

  it('reads text as the text that it is told to be', async () => {
    const [series] = await readSeries(new TextEncoder().encode('{a}\n1\n'), { format: 'csv' });
    expect(series!.features).toEqual(['{a}']);
  });

  it.each<[string, TableFormat, RegExp]>([
    ['a\n1\n', 'parquet', /This is CSV text, not a Parquet file\. .* set it to 'csv'\.$/],
    ['\x93NUMPY\x01\0', 'csv', /This is a NumPy array \(\.npy\), not CSV text/],
    [json, 'arrow', /This is JSON lines, not an Arrow file/],
  ])('refuses %j given as %s', async (text, format, message) => {
    await expect(readSeries(Buffer.from(text, 'latin1'), { format })).rejects.toMatchObject({
      code: 'RETRACE_TABLE_FORMAT',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['utf-16le', Buffer.from('\uFEFFtime;flöw\n0;1\n', 'utf16le')],
    ['windows-1252', Buffer.from('time;flöw\n0;1\n', 'latin1')],
  ])('reads CSV in %s when told so', async (encoding, bytes) => {
    const [series] = await readSeries(bytes, { encoding, time: 'time' });
    expect(series).toMatchObject({ features: ['flöw'], values: Float64Array.of(1) });
  });
});
