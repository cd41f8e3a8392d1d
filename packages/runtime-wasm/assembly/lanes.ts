/**
 * Moves numbers between rows and lanes. Rows are what tfjs has: one row of the batch after the other. In lanes, eight
 * rows of the batch, a tile, stand side by side: for each column the numbers of the eight rows, 32 bytes.
 */

@inline
function lowPairs(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 4, 1, 5);
}

@inline
function highPairs(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 6, 3, 7);
}

@inline
function lowHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 0, 1, 4, 5);
}

@inline
function highHalves(a: v128, b: v128): v128 {
  return v128.shuffle<f32>(a, b, 2, 3, 6, 7);
}

/** Writes the transpose of the 4×4 block at `from`; strides are in bytes. */
@inline
export function transpose4(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  const r0 = v128.load(from);
  const r1 = v128.load(from + fromStride);
  const r2 = v128.load(from + 2 * fromStride);
  const r3 = v128.load(from + 3 * fromStride);
  const low01 = lowPairs(r0, r1);
  const low23 = lowPairs(r2, r3);
  const high01 = highPairs(r0, r1);
  const high23 = highPairs(r2, r3);
  v128.store(to, lowHalves(low01, low23));
  v128.store(to + toStride, highHalves(low01, low23));
  v128.store(to + 2 * toStride, lowHalves(high01, high23));
  v128.store(to + 3 * toStride, highHalves(high01, high23));
}

/** Reads `lanes` (at most eight) rows of `width` numbers into lanes; the lanes that have no row are zero. */
export function rowsToLanes(rows: usize, rowStride: usize, lanes: i32, width: i32, out: usize): void {
  const zero = f32x4.splat(0);
  for (let first = 0; first < 8; first += 4, rows += 4 * rowStride, out += 16) {
    let column = 0;
    if (lanes - first >= 4) {
      for (; column + 4 <= width; column += 4)
        transpose4(rows + (<usize>column << 2), rowStride, out + (<usize>column << 5), 32);
    }
    for (; column < width; column++) {
      const to = out + (<usize>column << 5);
      v128.store(to, zero);
      for (let lane = 0; lane < min(lanes - first, 4); lane++)
        store<f32>(to + (<usize>lane << 2), load<f32>(rows + <usize>lane * rowStride + (<usize>column << 2)));
    }
  }
}

/** Writes lanes back as rows; lanes from `lanes` on are left out. */
export function lanesToRows(from: usize, width: i32, rows: usize, rowStride: usize, lanes: i32): void {
  for (let first = 0; first < 8; first += 4, rows += 4 * rowStride, from += 16) {
    let column = 0;
    if (lanes - first >= 4) {
      for (; column + 4 <= width; column += 4)
        transpose4(from + (<usize>column << 5), 32, rows + (<usize>column << 2), rowStride);
    }
    for (; column < width; column++) {
      const source = from + (<usize>column << 5);
      for (let lane = 0; lane < min(lanes - first, 4); lane++)
        store<f32>(rows + <usize>lane * rowStride + (<usize>column << 2), load<f32>(source + (<usize>lane << 2)));
    }
  }
}

/** Copies `count`, at most eight, numbers; V8 calls out of the module for every memory.copy. */
@inline
export function copyFew(to: usize, from: usize, count: i32): void {
  if (count == 8) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
  } else for (let i = 0; i < count; i++) store<f32>(to + (<usize>i << 2), load<f32>(from + (<usize>i << 2)));
}
