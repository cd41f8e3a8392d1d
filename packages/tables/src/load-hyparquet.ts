import type { CompressionCodec, Compressors } from 'hyparquet';
import { loadPeer } from './load-peer.ts';

/** What of hyparquet is used: its reader of metadata, and the parts that decode what a page holds. */
export type ParquetDecoders = Pick<typeof import('hyparquet'), 'parquetMetadataAsync' | 'parquetSchema'> &
  Pick<typeof import('hyparquet/src/column.js'), 'parquetHeader'> &
  Pick<typeof import('hyparquet/src/convert.js'), 'convert' | 'DEFAULT_PARSERS'> &
  Pick<typeof import('hyparquet/src/datapage.js'), 'decompressPage' | 'readDataPage'> &
  Pick<typeof import('hyparquet/src/plain.js'), 'readPlain'>;

/** Loads hyparquet; throws `RETRACE_TABLE_PACKAGE` if it is not installed. */
export function loadHyparquet(): Promise<ParquetDecoders> {
  return loadPeer('hyparquet', 'Reading Parquet files', async () => {
    const modules = await Promise.all([
      import('hyparquet'),
      import('hyparquet/src/column.js'),
      import('hyparquet/src/convert.js'),
      import('hyparquet/src/datapage.js'),
      import('hyparquet/src/plain.js'),
    ]);
    return Object.assign({}, ...modules);
  });
}

/**
 * Loads the decompressors that a codec needs. For snappy, which hyparquet has its own for, those of
 * hyparquet-compressors are faster, and taken if they are there.
 *
 * @throws `RETRACE_TABLE_PACKAGE` if they are needed and not installed.
 */
export async function loadCompressors(codec: CompressionCodec): Promise<Compressors> {
  if (codec === 'UNCOMPRESSED') return {};
  const load = () => import('hyparquet-compressors');
  const purpose = `Reading a Parquet file compressed by ${codec}`;
  const loading = loadPeer('hyparquet-compressors', purpose, load);
  if (codec === 'SNAPPY') return loading.then(({ compressors }) => compressors).catch(() => ({}));
  return (await loading).compressors;
}
