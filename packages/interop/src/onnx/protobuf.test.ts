import { describe, expect, it } from 'vitest';
import { intField, joined, messageField } from './protobuf.ts';

describe('intField', () => {
  // 150 is the example of https://protobuf.dev/programming-guides/encoding/.
  it.each([
    [0, [0x00]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [150, [0x96, 0x01]],
    [2 ** 32, [0x80, 0x80, 0x80, 0x80, 0x10]],
    [-2, [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
  ])('writes %i as a varint', (value, bytes) => {
    expect([...joined(intField(1, value))]).toEqual([0x08, ...bytes]);
  });
});

describe('messageField', () => {
  it('writes tag and length before all pieces, however many', () => {
    const message = [Uint8Array.of(1, 2), new Uint8Array(), new Uint8Array(198)];
    expect([...joined(messageField(16, message)).slice(0, 6)]).toEqual([0x82, 0x01, 0xc8, 0x01, 1, 2]);
  });
});
