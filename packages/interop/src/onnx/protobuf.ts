import { strToU8 } from 'fflate';

/**
 * A message of protocol buffers (https://protobuf.dev/programming-guides/encoding/) as pieces of its bytes, which are
 * joined at the end, so that large weights are copied once.
 */
export type Message = readonly Uint8Array[];

const wireTypes = { varint: 0, bytes: 2, fixed32: 5 };

/** A field that holds an integer of up to 64 bits, or a truth value as 0 or 1. */
export function intField(field: number, value: number): Message {
  return [tag(field, 'varint'), varint(value)];
}

/** A field that holds a float32. */
export function floatField(field: number, value: number): Message {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [tag(field, 'fixed32'), bytes];
}

/** A field that holds text, as UTF-8. */
export function textField(field: number, text: string): Message {
  return messageField(field, [strToU8(text)]);
}

/** A field that holds bytes, or another message. */
export function messageField(field: number, message: Message): Message {
  return [tag(field, 'bytes'), varint(lengthOf(message)), ...message];
}

/** The bytes of a message. */
export function joined(message: Message): Uint8Array {
  const bytes = new Uint8Array(lengthOf(message));
  let offset = 0;
  for (const piece of message) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

function lengthOf(message: Message): number {
  return message.reduce((sum, { length }) => sum + length, 0);
}

function tag(field: number, wireType: keyof typeof wireTypes): Uint8Array {
  return varint(field * 8 + wireTypes[wireType]);
}

/**
 * Seven bits a byte, the lowest first, all but the last byte with the high bit set; negative numbers as two's complement
 * of 64 bits.
 */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Uint8Array.of(...bytes, Number(rest));
}
