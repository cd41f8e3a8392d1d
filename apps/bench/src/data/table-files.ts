import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type ColumnSource, fileWriter, ParquetWriter } from 'hyparquet-writer';

/** The same rows as CSV and as Parquet. */
export interface TableFiles {
  readonly csv: string;
  readonly parquet: string;
  readonly csvBytes: number;
  remove(): Promise<void>;
}

const SENSORS = 16;
const FEATURES = 8;
const PIECE = 50_000;

/** Writes tables of so many rows of ten columns, a time, a sensor and eight features, into a folder of their own. */
export async function writeTableFiles(rows: number): Promise<TableFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'retrace-bench-'));
  const [csv, parquet] = [join(folder, 'rows.csv'), join(folder, 'rows.parquet')];
  const text = createWriteStream(csv);
  const features = Array.from({ length: FEATURES }, (_, k) => `feature_${k + 1}`);
  text.write(`time,sensor,${features.join(',')}\n`);
  const writer = new ParquetWriter({
    writer: fileWriter(parquet),
    schema: [
      { name: 'root', num_children: 2 + FEATURES },
      { name: 'time', type: 'DOUBLE', repetition_type: 'REQUIRED' },
      { name: 'sensor', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
      ...features.map((name) => ({ name, type: 'DOUBLE', repetition_type: 'REQUIRED' }) as const),
    ],
  });
  for (let from = 0; from < rows; from += PIECE) {
    const count = Math.min(PIECE, rows - from);
    const times = Float64Array.from(
      { length: count },
      (_, i) => 1.7e12 + 1000 * Math.floor((from + i) / SENSORS),
    );
    const sensors = Array.from({ length: count }, (_, i) => `s${(from + i) % SENSORS}`);
    // Five decimals, as text has them.
    const columns = features.map((_, k) =>
      Float64Array.from(
        { length: count },
        (_, i) => Math.round(1e7 * Math.sin((from + i) * 1e-3 * (k + 1))) / 1e5,
      ),
    );
    const lines = sensors.map(
      (sensor, i) => `${times[i]},${sensor},${columns.map((column) => column[i]!.toFixed(5)).join(',')}\n`,
    );
    if (!text.write(lines.join(''))) await once(text, 'drain');
    const data: ColumnSource[] = [
      { name: 'time', data: times },
      { name: 'sensor', data: sensors },
      ...columns.map((column, k) => ({ name: features[k]!, data: column })),
    ];
    writer.write({ columnData: data, rowGroupSize: PIECE });
  }
  writer.finish();
  text.end();
  await finished(text);
  const { size } = await stat(csv);
  return { csv, parquet, csvBytes: size, remove: () => rm(folder, { recursive: true }) };
}
