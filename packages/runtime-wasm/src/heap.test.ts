import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heap } from './heap.ts';

const createHeap = (maximum = 256) => new Heap(new WebAssembly.Memory({ initial: 1, maximum }), 100);

describe('Heap', () => {
  it('gives out blocks that do not overlap, on cache lines, whatever is taken back in between', () => {
    const sizes = fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 20_000 }), free: fc.boolean() }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(sizes, (requests) => {
        const heap = createHeap();
        const live: { offset: number; bytes: number }[] = [];
        for (const { bytes, free } of requests) {
          const offset = heap.allocate(bytes);
          expect(offset % 64).toBe(0);
          expect(offset).toBeGreaterThanOrEqual(100);
          for (const other of live)
            expect(offset + bytes <= other.offset || other.offset + other.bytes <= offset).toBe(true);
          live.push({ offset, bytes });
          if (free) {
            const [gone] = live.splice(live.length >> 1, 1);
            heap.release(gone!.offset, gone!.bytes);
          }
        }
      }),
    );
  });

  it('does not grow when the same sizes come and go', () => {
    const heap = createHeap();
    const round = () => {
      const blocks = [3, 70, 5000, 77, 5001].map((bytes) => ({ bytes, offset: heap.allocate(bytes) }));
      for (const { bytes, offset } of blocks) heap.release(offset, bytes);
    };
    round();
    const { size } = heap;
    for (let k = 0; k < 100; k++) round();
    expect(heap.size).toBe(size);
  });

  it('wastes at most an eighth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1024, max: 1_000_000 }), (bytes) => {
        const heap = createHeap();
        const before = heap.size;
        heap.allocate(bytes);
        expect(heap.size - before).toBeLessThanOrEqual(1.125 * bytes + 64);
      }),
    );
  });

  it('says what is wrong when the memory ends', () => {
    const heap = createHeap(2);
    const kept = heap.allocate(1000);
    expect(() => heap.allocate(1_000_000)).toThrow(
      expect.objectContaining({ code: 'RETRACE_OUT_OF_MEMORY', message: expect.stringContaining('1000000') }),
    );
    expect(heap.allocate(1000)).toBeGreaterThan(kept);
  });
});
