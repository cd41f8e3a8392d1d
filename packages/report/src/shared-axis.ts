import { argumentError } from '@retrace/errors';
import { escapeMarkup } from './escape-markup.ts';
import { formatNumber } from './format-number.ts';
import { roundTicks, tickFormat } from './round-ticks.ts';
import { textWidth } from './text-width.ts';
import { formatTime, timeLabels, timeTicks } from './time-ticks.ts';

/** The horizontal axis that the panels of a chart share. */
export interface SharedAxis {
  readonly type: 'utc' | 'linear';
  readonly domain: readonly [low: number, high: number];
  readonly ticks: readonly number[];
  /** One per tick; a newline begins a second line. */
  readonly labels: readonly string[];
  readonly label: string;
  /** Writes one value of the axis in full. */
  readonly format: (value: number) => string;
}

const firstAssumedDate = 1e11;
const lastDate = 8.64e15;

/**
 * Makes the axis of a series' `time`, with at most about `count` ticks.
 *
 * @param kind What `time` counts; default `'date'` if it begins at 1e11 (March 1973) or later, else `'rows'`.
 * @throws `RETRACE_INVALID_ARGUMENT` for a date outside the range of `Date`.
 */
export function timeAxisOf(time: Float64Array, count: number, kind?: 'date' | 'rows'): SharedAxis {
  const range = [time[0]!, time.at(-1)!] as const;
  if ((kind ?? (range[0] >= firstAssumedDate ? 'date' : 'rows')) === 'rows') {
    return countAxis(range, count, 'row');
  }
  const beyond = range.find((end) => Math.abs(end) >= lastDate);
  if (beyond === undefined) return dateAxis(range, count);
  const remedy = "If it counts something else, say `timeAxis: 'rows'`.";
  throw argumentError('time', `milliseconds since the epoch, below ${lastDate}`, beyond, remedy);
}

/** Makes an axis of moments in UTC, given in milliseconds since the epoch, with at most `count` ticks. */
function dateAxis(extent: readonly [number, number], count: number): SharedAxis {
  const domain = widened(extent, 1000);
  const ticks = timeTicks(domain, count);
  return { type: 'utc', domain, ticks, labels: timeLabels(ticks), label: 'time (UTC)', format: formatTime };
}

/** Makes an axis of counted rows or epochs with about `count` ticks, all whole numbers where those suffice. */
export function countAxis(extent: readonly [number, number], count: number, label: string): SharedAxis {
  const domain = widened(extent, 1);
  const rounded = roundTicks(domain, count);
  const whole = rounded.filter(Number.isInteger);
  const ticks = whole.length > 1 ? whole : rounded;
  const format = (value: number): string => formatNumber(value);
  return { type: 'linear', domain, ticks, labels: ticks.map(tickFormat(ticks)), label, format };
}

/**
 * Makes an axis of named positions from 0 on, evenly spaced, with the names that there is room for.
 *
 * @param room Pixels.
 */
export function namedAxis(names: readonly string[], label: string, room: number): SharedAxis {
  const widest = Math.max(...names.map(textWidth)) + 12;
  const every = Math.ceil((names.length * widest) / room);
  const ticks = [...names.keys()].filter((position) => position % every === 0);
  return {
    type: 'linear',
    domain: [-0.5, names.length - 0.5],
    ticks,
    labels: ticks.map((position) => escapeMarkup(names[position]!)),
    label: escapeMarkup(label),
    format: (value) => names[value] ?? '',
  };
}

function widened([low, high]: readonly [number, number], margin: number): readonly [number, number] {
  return high > low ? [low, high] : [low - margin, high + margin];
}
