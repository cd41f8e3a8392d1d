/** Describes a value in a few words for the end of an error message: its type, and as much of it as is useful. */
export function received(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (value === null || typeof value !== 'object')
    return typeof value === 'function' ? 'a function' : String(value);
  if (ArrayBuffer.isView(value) && 'length' in value)
    return `a ${value.constructor.name} of length ${value.length}`;
  if (Array.isArray(value)) {
    const plain = value.length <= 8 && value.every((item) => typeof item !== 'object' || item === null);
    return plain ? `[${value.map(received).join(', ')}]` : `an array of length ${value.length}`;
  }
  return `an object (${Object.getPrototypeOf(value)?.constructor?.name ?? 'no prototype'})`;
}
