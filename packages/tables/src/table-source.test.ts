import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readSeries, type TableSource } from './index.ts';

const CSV = 'time,flow\n0,1.5\n1,2.5\n';
const bytes = new TextEncoder().encode(CSV);

let folder: string;
let server: Server;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retrace-tables-'));
  writeFileSync(join(folder, 'pumps.csv'), CSV);
  writeFileSync(join(folder, 'pümpe 1.csv.gz'), gzipSync(CSV));
  const bad = `time,flow\n0,x\n${Array.from({ length: 1e5 }, (_, i) => `${i},${Math.sin(i)}\n`).join('')}`;
  writeFileSync(join(folder, 'bad.csv'), bad);
  writeFileSync(join(folder, 'bad.csv.gz'), gzipSync(bad));
  for (const name of ['plain.parquet', 'file.arrow'])
    copyFileSync(new URL(`../fixtures/${name}`, import.meta.url), join(folder, name));
  mkdirSync(join(folder, 'folder.csv'));
  symlinkSync('loop.csv', join(folder, 'loop.csv'));
  server = createServer((request, response) => {
    if (request.url === '/pumps.csv?day=1') response.end(CSV);
    else if (request.url === '/cut.csv')
      response.writeHead(200, { 'content-length': 99 }).write(CSV, () => response.destroy());
    else response.writeHead(404, 'Not Found').end('<html>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function streamOf(...pieces: unknown[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece as Uint8Array);
      controller.close();
    },
  });
}

describe('readSeries', () => {
  it.each<[string, () => TableSource, string]>([
    ['a path', () => join(folder, 'pumps.csv'), 'pumps'],
    ['a path to a gzipped file', () => join(folder, 'pümpe 1.csv.gz'), 'pümpe 1'],
    ['a file: URL', () => pathToFileURL(join(folder, 'pumps.csv')), 'pumps'],
    ['an http: URL', () => new URL('/pumps.csv?day=1', address), 'pumps'],
    ['a Blob', () => new Blob([CSV]), 'input'],
    ['a File', () => new File([gzipSync(CSV)], 'dropped.csv'), 'dropped'],
    ['bytes', () => bytes, 'input'],
    ['a stream', () => streamOf(bytes.subarray(0, 5), bytes.subarray(5)), 'input'],
  ])('reads %s', async (_, source, id) => {
    const series = await readSeries(source(), { time: 'time' });
    expect(series.map(({ id, values }) => [id, [...values]])).toEqual([[id, [1.5, 2.5]]]);
  });

  it.each<[string, () => TableSource, RegExp]>([
    [
      'a path to nothing',
      () => join(folder, 'nothing.csv'),
      /nothing\.csv: The file could not be read: it does not exist\.$/,
    ],
    ['the empty path', () => '', /it does not exist/],
    ['a directory', () => join(folder, 'folder.csv'), /This is a directory\. Name a file in it\.$/],
    [
      'a device that never ends',
      () => '/dev/zero',
      /not a regular file\. Give its bytes as a ReadableStream\.$/,
    ],
    ['a loop of links', () => join(folder, 'loop.csv'), /symbolic links form a loop/],
    ['a path below a file', () => join(folder, 'pumps.csv/x'), /a file, not a directory/],
    ['a path of 5,000 characters', () => `${folder}/${'x'.repeat(5000)}`, /its path is too long/],
    ['a path with a NUL', () => 'pumps\0.csv', /could not be read/],
    [
      'an address that answers 404',
      () => new URL('/other.csv', address),
      /The server answered 404 Not Found\.$/,
    ],
    ['an address that nobody serves', () => new URL('http://127.0.0.1:1/x.csv'), /could not be reached/],
    ['an answer that breaks off', () => new URL('/cut.csv', address), /broke off before its end/],
    ['a URL of another kind', () => new URL('ftp://example.org/x.csv'), /A ftp: URL is not read/],
  ])('refuses %s', async (_, source, message) => {
    await expect(readSeries(source())).rejects.toMatchObject({
      code: 'RETRACE_TABLE_SOURCE',
      message: expect.stringMatching(message),
      details: { file: expect.any(String) },
    });
  });

  it('keeps the secrets of an address out of errors', async () => {
    const url = new URL('/other.csv?token=secret', address);
    await expect(readSeries(url)).rejects.toThrow(/^http:\/\/127\.0\.0\.1:\d+\/other\.csv: The server/);
  });

  it('refuses a FIFO, which may never end', async () => {
    const path = join(folder, 'fifo.csv');
    execFileSync('mkfifo', [path]);
    await expect(readSeries(path)).rejects.toThrow(/not a regular file/);
  });

  it('refuses a stream that breaks off, keeping the cause', async () => {
    const cause = new Error('unplugged');
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytes),
      pull: (controller) => controller.error(cause),
    });
    await expect(readSeries(stream)).rejects.toMatchObject({ code: 'RETRACE_TABLE_SOURCE', cause });
  });

  it.each<[string, () => unknown]>([
    ['a stream of text', () => streamOf('time,flow')],
    [
      'a stream with a reader',
      () => {
        const stream = streamOf(bytes);
        stream.getReader();
        return stream;
      },
    ],
    ['an object', () => ({})],
    ['nothing', () => undefined],
    ['an ArrayBuffer', () => bytes.buffer],
  ])('refuses %s', async (_, source) => {
    await expect(readSeries(source() as TableSource)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      details: { argument: 'source' },
    });
  });

  it('says what to give instead of a path where there is no file system', async () => {
    vi.stubGlobal('process', undefined);
    try {
      await expect(readSeries('pumps.csv')).rejects.toThrow(/no file system here.*Give a URL, a Blob/);
      expect(await readSeries(bytes)).toHaveLength(1);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('lets go of the source as soon as a row is refused', async () => {
    const cancel = vi.fn();
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('flow\n1\nx\n'.repeat(50_000))),
      cancel,
    });
    await expect(readSeries(stream)).rejects.toMatchObject({ code: 'RETRACE_TABLE_NUMBER' });
    expect(cancel).toHaveBeenCalledOnce();
  });

  it.runIf(process.platform === 'linux').each(['bad.csv', 'bad.csv.gz', 'plain.parquet', 'file.arrow'])(
    'closes %s, a table that is refused',
    async (name) => {
      const open = () => readdirSync('/proc/self/fd').length;
      const before = open();
      for (let i = 0; i < 10; i++) await expect(readSeries(join(folder, name))).rejects.toThrow();
      expect(open()).toBeLessThan(before + 5);
    },
  );
});
