const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 4, 7, 14].map((count) => count * day),
];
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 60000, 120000];

/**
 * Chooses round moments in UTC, at most `count`, in `[low, high]`.
 *
 * @param domain Milliseconds since the epoch.
 */
export function timeTicks([low, high]: readonly [number, number], count: number): number[] {
  const step = steps.find((candidate) => Math.floor(high / candidate) - Math.ceil(low / candidate) < count);
  if (step !== undefined) {
    const first = Math.ceil(low / step);
    return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, k) => (first + k) * step);
  }
  const from = monthsOf(low);
  const to = monthsOf(high);
  const stride =
    monthSteps.find((months) => Math.floor(to / months) - Math.ceil((from + 1) / months) < count) ??
    monthSteps.at(-1)!;
  const ticks: number[] = [];
  for (let month = Math.ceil(from / stride) * stride; month <= to; month += stride) {
    const tick = Date.UTC(1970, month, 1);
    if (tick >= low && tick <= high) ticks.push(tick);
  }
  return ticks;
}

/**
 * Labels the ticks of a time axis in UTC: the finest unit that changes, and below it, on the first tick and
 * wherever it changes, the coarser one. A newline separates the two.
 *
 * @param ticks Milliseconds since the epoch, ascending.
 */
export function timeLabels(ticks: readonly number[]): string[] {
  const [fine, coarse] = unitsOf(ticks.length > 1 ? ticks[1]! - ticks[0]! : minute);
  let previous = '';
  return ticks.map((tick) => {
    const date = new Date(tick);
    const context = coarse(date);
    const label = context === previous ? fine(date) : `${fine(date)}\n${context}`;
    previous = context;
    return label;
  });
}

/** Writes a moment in UTC as `2024-03-01 14:05`, with seconds where they are not zero. */
export function formatTime(time: number): string {
  const text = new Date(time).toISOString().replace('T', ' ');
  return text.slice(0, Math.round(time) % minute === 0 ? -8 : -5);
}

type Label = (date: Date) => string;

function unitsOf(step: number): [fine: Label, coarse: Label] {
  const year: Label = (date) => String(date.getUTCFullYear());
  const dayOfMonth: Label = (date) => `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  if (step >= 360 * day) return [year, () => ''];
  if (step >= 28 * day) return [(date) => months[date.getUTCMonth()]!, year];
  if (step >= day) return [dayOfMonth, year];
  const end = step >= minute ? -8 : step >= second ? -5 : -1;
  return [(date) => date.toISOString().slice(-13, end), (date) => `${dayOfMonth(date)} ${year(date)}`];
}

function monthsOf(time: number): number {
  const date = new Date(time);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}
