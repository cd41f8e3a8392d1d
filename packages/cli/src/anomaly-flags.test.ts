import type { Anomaly } from '@retrace/scoring';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCaptured } from '../fixtures/run-captured.ts';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { waveCsv } from '../fixtures/wave-csv.ts';

const folder = scratchFolder();
const at = (name: string) => `${folder.path}/${name}`;
const pumps = folder.write('pumps.csv', waveCsv());
const detector = at('pumps.retrace');
const columns = ['--time', 'time', '--by', 'id', '--label', 'label'];

/** Without the gap that `train` suggests to merge over. */
const apart = ['--merge-gap', 'none'];

const detect = async (...flags: string[]) => {
  const rules = flags.includes('--merge-gap') ? flags : [...flags, ...apart];
  const { exitCode, stdout } = await runCaptured(['detect', detector, pumps, ...columns, '--json', ...rules]);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
};
const found = async (...flags: string[]): Promise<Anomaly[]> => (await detect(...flags)).anomalies;
const rowsOf = ({ firstRow, lastRow }: Anomaly) => lastRow - firstRow + 1;
const minute = 60_000;

let plain: Anomaly[];

beforeAll(async () => {
  const small = ['--lookback', '8', '--units', '4', '--epochs', '2', '--quantile', '0.9', '--smooth', 'none'];
  await runCaptured(['train', pumps, ...columns, ...small, '--out', detector]);
  plain = await found();
  expect(plain.some((anomaly) => rowsOf(anomaly) < 4)).toBe(true);
  expect(plain.some((anomaly) => rowsOf(anomaly) >= 4)).toBe(true);
});

afterAll(() => folder.remove());

describe('the flags of anomalies', () => {
  it('--min-anomaly drops those of fewer rows', async () => {
    expect(await found('--min-anomaly', '4')).toEqual(plain.filter((anomaly) => rowsOf(anomaly) >= 4));
  });

  it('--merge-gap joins those that are no further apart', async () => {
    const gaps = (anomalies: Anomaly[]) =>
      anomalies.slice(1).flatMap(({ id, start }, k) => {
        return id === anomalies[k]!.id ? [(start - anomalies[k]!.end) / minute] : [];
      });
    const most = 20;
    const wide = gaps(plain).filter((gap) => gap > most);
    expect(wide.length).toBeLessThan(gaps(plain).length);
    expect(gaps(await found('--merge-gap', `${most}m`))).toEqual(wide);
  });

  it('--release keeps the rows that follow one under alarm', async () => {
    const released = await found('--release', '0.5');
    const rows = (anomalies: Anomaly[]) => anomalies.reduce((sum, anomaly) => sum + rowsOf(anomaly), 0);
    expect(rows(released)).toBeGreaterThan(rows(plain));
    for (const { id, firstRow, lastRow } of plain) {
      const around = released.filter((each) => each.firstRow <= firstRow && each.lastRow >= lastRow);
      expect(around.some((each) => each.id === id)).toBe(true);
    }
  });

  it('--tolerance lets one begin earlier and end later', async () => {
    const isHang = ({ id, lastRow }: Anomaly) => id === 'p1' && lastRow >= 235 && lastRow < 245;
    const alone = plain.find(isHang)!;
    const wider = (await found('--tolerance', '2m', '--min-anomaly', '4')).find(isHang)!;
    expect(alone.start - wider.start).toBeGreaterThanOrEqual(2 * minute);
    expect(wider.end - alone.end).toBe(2 * minute);
    expect(wider.peak).toBe(alone.peak);
  });

  it('let labels measure the alarms that they make', async () => {
    const [all, few] = [await detect(), await detect('--min-anomaly', '4')];
    expect(few.metrics[0].evaluation.events.fp).toBeLessThan(all.metrics[0].evaluation.events.fp);
    expect(few.metrics[0].evaluation.rocAuc).toBe(all.metrics[0].evaluation.rocAuc);
    expect([all.rules, few.rules]).toEqual([{ mergeGap: 0 }, { mergeGap: 0, minRows: 4 }]);
    const argv = ['evaluate', detector, pumps, ...columns, '--json', '--min-anomaly', '4', ...apart];
    expect(JSON.parse((await runCaptured(argv)).stdout).metrics).toEqual(few.metrics);
  });

  it.each(['detect', 'evaluate'])('are told by %s', async (command) => {
    const flags = ['--min-anomaly', '4', '--merge-gap', '90s'];
    const { stdout } = await runCaptured([command, detector, pumps, ...columns, ...flags]);
    expect(stdout).toMatch(
      /^An anomaly has at least 4 rows under alarm, joins stretches up to 90s apart\.$/m,
    );
    const { stdout: usual } = await runCaptured([command, detector, pumps, ...columns]);
    expect(usual).toMatch(/^An anomaly joins stretches up to 4m apart\.$/m);
  });

  it('are those of the report too', async () => {
    const argv = [
      'report',
      detector,
      pumps,
      ...columns,
      '--out',
      at('page.html'),
      '--min-anomaly',
      '4',
      ...apart,
    ];
    const { stdout } = await runCaptured([...argv, '--json']);
    const { anomalies } = JSON.parse(stdout);
    expect(anomalies).toBe(plain.filter((anomaly) => rowsOf(anomaly) >= 4).length);
  });

  it('warn of a unit that the times have not, and are refused where rows are counted', async () => {
    const table = folder.write('counted.csv', waveCsv().replace(/^[^,]+T(\d\d):(\d\d):00.000Z/gm, '$1$2'));
    const { exitCode, stderr } = await runCaptured([
      'detect',
      detector,
      table,
      ...columns,
      '--merge-gap',
      '2m',
    ]);
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('The times are a counter, not dates, yet `--merge-gap` has a unit'),
    ]);
    const untimed = ['detect', detector, pumps, '--features', 'flow,pressure', '--tolerance', '2m', '--json'];
    const refused = await runCaptured(untimed);
    expect([refused.exitCode, JSON.parse(refused.stdout).error]).toEqual([
      2,
      expect.objectContaining({
        code: 'RETRACE_COMMAND_LINE',
        message: '`--tolerance` with a unit needs `--time`: without it rows are counted.',
      }),
    ]);
  });

  it.each([
    ['--min-anomaly', '0'],
    ['--merge-gap', 'soon'],
    ['--release', '1.5'],
    ['--release', '0'],
    ['--tolerance', '-2m'],
  ])('refuse %s %s', async (flag, value) => {
    const { exitCode, stdout } = await runCaptured(['detect', detector, pumps, flag, value, '--json']);
    expect([exitCode, JSON.parse(stdout).error]).toEqual([
      2,
      expect.objectContaining({ code: 'RETRACE_INVALID_ARGUMENT', message: expect.stringContaining(flag) }),
    ]);
  });
});
