import {
  averagePrecision,
  type EventMetrics,
  eventChance,
  eventMetrics,
  nabScore,
  pointMetrics,
  rocAuc,
  volumeUnderSurface,
} from '@retrace/scoring';
import type { MeasuredSeries } from './measured-series.ts';

/** What the labels of a set say about one method: shares from 0 to 1, null where the labels do not define them. */
export interface Figures {
  /** Of the rows of a task, the mean over tasks. */
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  readonly vusPr: number | null;
  /** Over the rows of all tasks. */
  readonly pointF1: number | null;
  readonly falseAlarmRate: number | null;
  readonly missedAlarmRate: number | null;
  readonly events: EventMetrics;
  readonly eventF1: number | null;
  readonly nab: number | null;
  readonly alarmShare: number | null;
  readonly labelledShare: number;
  readonly everythingF1: number | null;
  readonly randomF1: number | null;
}

/** Buffer of the volume under the surface, in rows. */
const WINDOW = 32;

/** Measures one method on the tasks of a set. */
export function figuresOf(tasks: readonly (readonly MeasuredSeries[])[]): Figures {
  const all = tasks.flat();
  const points = pointMetrics(all);
  const alarms = all.map((series) => ({ ...series, flags: series.alarms }));
  const events = eventMetrics(alarms);
  const chance = eventChance(alarms);
  const { tp, fp, fn, tn } = points;
  const scored = tp + fp + fn + tn;
  return {
    rocAuc: meanOf(tasks.map(rocAuc)),
    averagePrecision: meanOf(tasks.map(averagePrecision)),
    vusPr: meanOf(tasks.map((task) => volumeUnderSurface(task, { window: WINDOW }).pr)),
    pointF1: points.f1,
    falseAlarmRate: fp + tn === 0 ? null : fp / (fp + tn),
    missedAlarmRate: tp + fn === 0 ? null : fn / (tp + fn),
    events,
    eventF1: events.f1,
    nab: nabScore(alarms, { probation: 0 }).score,
    alarmShare: chance.alarmShare,
    labelledShare: (tp + fn) / scored,
    everythingF1: chance.flagEverything.f1,
    randomF1: chance.flagAtRandom.f1,
  };
}

/** The mean of what is defined; null where nothing is. */
function meanOf(values: readonly (number | null)[]): number | null {
  const defined = values.filter((value) => value !== null);
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
