/** Writes a number of things, such as `1 row` or `4,127 rows`. */
export function countOf(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`;
}
