/** The numbers of `count` rows, the first of them `first`. */
export function rowNumbers(first: number, count: number): Float64Array {
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) numbers[i] = first + i;
  return numbers;
}
