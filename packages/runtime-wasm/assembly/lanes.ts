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
  storeTransposed(r0, r1, r2, r3, to, toStride, 4);
}

/** Writes the first `count` columns of the block whose rows these are, as rows. */
@inline
function storeTransposed(r0: v128, r1: v128, r2: v128, r3: v128, to: usize, toStride: usize, count: i32): void {
  const low01 = lowPairs(r0, r1);
  const low23 = lowPairs(r2, r3);
  const high01 = highPairs(r0, r1);
  const high23 = highPairs(r2, r3);
  v128.store(to, lowHalves(low01, low23));
  if (count > 1) v128.store(to + toStride, highHalves(low01, low23));
  if (count > 2) v128.store(to + 2 * toStride, lowHalves(high01, high23));
  if (count > 3) v128.store(to + 3 * toStride, highHalves(high01, high23));
}

/** The numbers of row `row` from `at` on, or zeros where there are only `count` rows. */
@inline
function rowOrZeros(at: usize, rowStride: usize, row: i32, count: i32): v128 {
  return row < count ? v128.load(at + <usize>row * rowStride) : f32x4.splat(0);
}

/** Reads `lanes` (at most eight) rows of `width` numbers into lanes; the lanes that have no row are zero. */
export function rowsToLanes(rows: usize, rowStride: usize, lanes: i32, width: i32, out: usize): void {
  for (let first = 0; first < 8; first += 4, rows += 4 * rowStride, out += 16) {
    const count = max(0, min(lanes - first, 4));
    let at = rows;
    let to = out;
    let column = 0;
    if (count == 4) {
      for (; column + 4 <= width; column += 4, at += 16, to += 128) transpose4(at, rowStride, to, 32);
    } else {
      for (; column + 4 <= width; column += 4, at += 16, to += 128) {
        const r0 = rowOrZeros(at, rowStride, 0, count);
        const r1 = rowOrZeros(at, rowStride, 1, count);
        const r2 = rowOrZeros(at, rowStride, 2, count);
        storeTransposed(r0, r1, r2, f32x4.splat(0), to, 32, 4);
      }
    }
    for (; column < width; column++, at += 4, to += 32) {
      v128.store(to, f32x4.splat(0));
      for (let lane = 0; lane < count; lane++)
        store<f32>(to + (<usize>lane << 2), load<f32>(at + <usize>lane * rowStride));
    }
  }
}

/** Writes lanes back as rows; lanes from `lanes` on are left out. */
export function lanesToRows(from: usize, width: i32, rows: usize, rowStride: usize, lanes: i32): void {
  for (let first = 0; first < lanes; first += 4, rows += 4 * rowStride, from += 16) {
    const count = min(lanes - first, 4);
    let at = from;
    let to = rows;
    let column = 0;
    if (count == 4) {
      for (; column + 4 <= width; column += 4, at += 128, to += 16) transpose4(at, 32, to, rowStride);
    } else {
      for (; column + 4 <= width; column += 4, at += 128, to += 16) {
        const c0 = v128.load(at);
        const c1 = v128.load(at, 32);
        const c2 = v128.load(at, 64);
        const c3 = v128.load(at, 96);
        storeTransposed(c0, c1, c2, c3, to, rowStride, count);
      }
    }
    for (; column < width; column++, at += 32, to += 4) {
      for (let lane = 0; lane < count; lane++)
        store<f32>(to + <usize>lane * rowStride, load<f32>(at + (<usize>lane << 2)));
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
