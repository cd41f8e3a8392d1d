import { describe, expect, it } from 'vitest';
import { type ReadSeriesOptions, readSeries } from './index.ts';

const PUMPS = `timestamp,sensor_id,flow,current,note,label
2015-09-01 11:25:00,t2,1,10,ok,0
2015-09-01 11:25:00,t1,2,20,ok,0
2015-09-01 11:30:00,t2,3,30,stalled,1
2015-09-01 11:20:00,t1,4,40,ok,0
2015-09-01 11:20:00,t1,5,50,ok,1
`;

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function read(text: string, options: ReadSeriesOptions = {}) {
  const warnings: string[] = [];
  const series = await readSeries(encode(text), {
    ...options,
    onWarning: (message) => warnings.push(message),
  });
  return { series, warnings };
}

describe('readSeries', () => {
  it('makes a series for each entity, in the order of their first rows, each sorted by time', async () => {
    const { series, warnings } = await read(PUMPS, { time: 'timestamp', by: 'sensor_id', label: 'label' });
    const at = (clock: string) => Date.parse(`2015-09-01T${clock}Z`);
    expect(series).toEqual([
      {
        id: 't2',
        features: ['flow', 'current'],
        time: Float64Array.of(at('11:25'), at('11:30')),
        values: Float64Array.of(1, 10, 3, 30),
        labels: Uint8Array.of(0, 1),
      },
      {
        id: 't1',
        features: ['flow', 'current'],
        time: Float64Array.of(at('11:20'), at('11:20'), at('11:25')),
        values: Float64Array.of(4, 40, 5, 50, 2, 20),
        labels: Uint8Array.of(0, 1, 0),
      },
    ]);
    expect(warnings).toEqual([
      'input: Left out of the features for holding no numbers: "note" (such as "ok").',
      expect.stringMatching(/^input: Sorted the rows of 1 of 2 entities/),
      expect.stringMatching(/^input: 1 rows have the time of the row before/),
    ]);
  });

  it('reads the features that are asked for, in that order, and warns of no other', async () => {
    const { series, warnings } = await read(PUMPS, { features: ['current', 'flow'], by: 2 });
    expect(series[0]).toMatchObject({ features: ['current', 'flow'], values: Float64Array.of(10, 1, 30, 3) });
    expect(warnings).toEqual([]);
  });

  it('counts the rows of each entity without a time column, and warns that there may be one', async () => {
    const { series, warnings } = await read(PUMPS, { by: 'sensor_id', label: 'label' });
    expect(series.map(({ time }) => [...time])).toEqual([
      [0, 1],
      [0, 1, 2],
    ]);
    expect(warnings[1]).toContain('"timestamp" looks like times, yet rows are counted');
  });

  it('refers to the columns of a table without a header by position or as column1, column2, …', async () => {
    const { series } = await read('0;7;1,5\n1;8;2,5\n', { time: 1, features: ['column3'], decimal: ',' });
    expect(series).toEqual([
      { id: 'input', features: ['column3'], time: Float64Array.of(0, 1), values: Float64Array.of(1.5, 2.5) },
    ]);
  });

  it('leaves out the nameless index column of a data frame, unless it is asked for', async () => {
    const frame = ',flow\n0,5\n1,6\n';
    expect((await read(frame)).series[0]!.features).toEqual(['flow']);
    expect((await read(frame, { time: 'column1' })).series[0]!.time).toEqual(Float64Array.of(0, 1));
  });

  it("masks missing cells with onMissing: 'mask'", async () => {
    const { series } = await read('id,a,b\nx,,1\nx,2,NA\ny,3,4\n', {
      by: 'id',
      missing: ['NA'],
      onMissing: 'mask',
    });
    expect(series[0]).toMatchObject({
      values: Float64Array.of(NaN, 1, 2, NaN),
      observed: Uint8Array.of(0, 1, 1, 0),
    });
    expect(series[1]).not.toHaveProperty('observed');
  });

  it("leaves out rows with onMissing: 'drop', yet counts them", async () => {
    const { series, warnings } = await read('id,a\nx,1\nx,\nx,3\ny,\n', { by: 'id', onMissing: 'drop' });
    expect(series).toEqual([
      { id: 'x', features: ['a'], time: Float64Array.of(0, 2), values: Float64Array.of(1, 3) },
    ]);
    expect(warnings).toEqual(['input: Left out 2 of 4 rows for a missing feature.']);
  });

  it('takes a blank line of a one-column table for a missing cell, but for those at the end', async () => {
    const { series } = await read('flow\n1\n\n3\n\n\n', { onMissing: 'mask' });
    expect(series[0]!.values).toEqual(Float64Array.of(1, NaN, 3));
    expect((await read('a,b\n1,2\n\n3,4\n')).series[0]!.time).toHaveLength(2);
  });

  it('warns of a feature that looks like times or labels', async () => {
    const { warnings } = await read('Time Stamp,flow,is_anomaly\n1602438412,1,0\n1602438413,2,1\n');
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(
      /"Time Stamp" was read as a feature, yet looks like times\. Name it in `time`/,
    );
    expect(warnings[1]).toMatch(
      /"is_anomaly" was read as a feature, yet looks like labels\. Name it in `label`/,
    );
  });

  it('leaves its options and its source as they were', async () => {
    const options = Object.freeze({ features: Object.freeze(['flow']), missing: Object.freeze(['ok']) });
    const bytes = encode(PUMPS);
    await readSeries(bytes, options);
    expect(bytes).toEqual(encode(PUMPS));
  });

  it.each([
    [{ tiem: 'timestamp' }, 'options'],
    [{ format: 'xlsx' }, 'format'],
    [{ encoding: 'latin-9000' }, 'encoding'],
    [{ delimiter: ', ' }, 'delimiter'],
    [{ delimiter: '"' }, 'delimiter'],
    [{ delimiter: ',', decimal: ',' }, 'delimiter'],
    [{ header: 'yes' }, 'header'],
    [{ timeUnit: 'ns' }, 'timeUnit'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ timeZone: 7 }, 'timeZone'],
    [{ decimal: ';' }, 'decimal'],
    [{ onMissing: 'skip' }, 'onMissing'],
    [{ missing: 'NA' }, 'missing'],
    [{ onWarning: true }, 'onWarning'],
    [{ time: 0 }, 'time'],
    [{ label: null }, 'label'],
    [{ features: [] }, 'features'],
    [{ features: 'flow' }, 'features'],
    [{ features: ['flow', 1.5] }, 'features[1]'],
    [{ features: ['flow', 'flow'] }, 'features[1]'],
    [{ time: 'label', label: 'label' }, 'label'],
    [{ limits: { rows: 0 } }, 'limits.rows'],
    [{ limits: { cells: 5 } }, 'limits'],
  ])('refuses the options %j', async (options, argument) => {
    await expect(readSeries(encode(PUMPS), options as ReadSeriesOptions)).rejects.toMatchObject({
      code: 'RETRACE_INVALID_ARGUMENT',
      details: { argument },
    });
  });

  it.each([
    [{ rows: 4 }, 6, 'rows'],
    [{ columns: 5 }, 1, 'columns'],
    [{ lineLength: 40 }, 1, 'lineLength'],
    [{ bytes: 100 }, undefined, 'bytes'],
  ])('refuses a table beyond the limits %j', async (limits, row, limit) => {
    await expect(readSeries(encode(PUMPS), { limits })).rejects.toMatchObject({
      code: 'RETRACE_TABLE_LIMIT',
      details: { limit, ...(row && { row }) },
    });
  });

  it('suggests the nearest column for one that is not there', async () => {
    await expect(read(PUMPS, { time: 'timestmp' })).rejects.toThrow(/Did you mean "timestamp"\?$/);
    await expect(read(PUMPS, { by: 'machine' })).rejects.toThrow(
      /There are "timestamp", "sensor_id", "flow"/,
    );
    await expect(read(PUMPS, { time: 9 })).rejects.toThrow(/no column 9, which `time` names: there are 6/);
  });
});
