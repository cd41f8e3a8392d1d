import type { Compressors } from 'hyparquet';
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

/** Loads the decompressors of all codecs but snappy; throws `RETRACE_TABLE_PACKAGE` if they are not installed. */
export async function loadCompressors(codec: string): Promise<Compressors> {
  const purpose = `Reading a Parquet file compressed by ${codec}`;
  const { compressors } = await loadPeer(
    'hyparquet-compressors',
    purpose,
    () => import('hyparquet-compressors'),
  );
  return compressors;
}
