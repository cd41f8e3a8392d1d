import { copyFew, transpose4 } from './lanes';
import { groupCount } from './pack-weights';
import { tile } from './tile';

/*
 * The product that gives weights their gradient: out[m][n] = Σ over tiles, steps and lanes of a[m] · dz[n], both in
 * lanes. Each thread has columns of its own and sums over everything, in an order that does not depend on the number
 * of threads. Columns come in panels of eight units of one gate.
 */

/** How many steps of a tile are summed at a time: 256 rows of the batch, so that the packed operands stay in cache. */
const CHUNK: i32 = 32;
const DEPTH: i32 = CHUNK * 8;

/** Of a group of four rows, packed; not a power of two, which would map all groups to the same lines of the cache. */
const GROUP_STRIDE: usize = (<usize>DEPTH << 4) + 64;
const PANEL_BYTES: usize = <usize>DEPTH << 5;

/** The panels of `units` units' gates. */
@inline
export function panelCount(units: i32): i32 {
  return 4 * ((units + 7) >> 3);
}

/** The bytes one thread packs and sums in. */
export function contractionBytes(rows: i32, panels: i32): usize {
  const groups = <usize>groupCount(rows);
  return groups * GROUP_STRIDE + PANEL_BYTES + <usize>panels * (groups << 7);
}

/**
 * Sums over `steps` steps of `tiles` tiles for the panels from `begin` to `end`, and writes the rows up to `split` to
 * `top` and the others to `bottom`, both `[…, 4 units]`.
 */
export function contract(
  a: usize,
  aTileStride: usize,
  aStepStride: usize,
  rows: i32,
  dz: usize,
  dzTileStride: usize,
  dzStepStride: usize,
  tiles: i32,
  steps: i32,
  units: i32,
  begin: i32,
  end: i32,
  scratch: usize,
  split: i32,
  top: usize,
  bottom: usize,
): void {
  const groups = groupCount(rows);
  const packedRows = scratch;
  const packedPanel = packedRows + <usize>groups * GROUP_STRIDE;
  const sums = packedPanel + PANEL_BYTES;
  const panelSums = <usize>groups << 7;
  memory.fill(sums, 0, <usize>(end - begin) * panelSums);
  const pairs = tiles * steps;
  const perGate = (units + 7) >> 3;
  for (let from = 0; from < pairs; from += CHUNK) {
    const until = min(from + CHUNK, pairs);
    for (let group = 0; group < groups; group++) {
      let to = packedRows + <usize>group * GROUP_STRIDE;
      let at = from / steps;
      let step = from - at * steps;
      for (let pair = from; pair < until; pair++, to += 128) {
        const columns = a + <usize>at * aTileStride + <usize>step * aStepStride + (<usize>group << 7);
        transpose4(columns, 32, to, 16);
        transpose4(columns + 16, 32, to + 64, 16);
        if (++step == steps) {
          step = 0;
          at++;
        }
      }
    }
    const depth = (until - from) << 3;
    for (let panel = begin; panel < end; panel++) {
      const gate = panel / perGate;
      const unit = (panel - gate * perGate) << 3;
      const offset = (<usize>unit << 7) + (<usize>gate << 5);
      let to = packedPanel;
      let at = from / steps;
      let step = from - at * steps;
      for (let pair = from; pair < until; pair++, to += 256) {
        const columns = dz + <usize>at * dzTileStride + <usize>step * dzStepStride + offset;
        transpose4(columns, 128, to, 32);
        transpose4(columns + 512, 128, to + 16, 32);
        transpose4(columns + 16, 128, to + 128, 32);
        transpose4(columns + 528, 128, to + 144, 32);
        if (++step == steps) {
          step = 0;
          at++;
        }
      }
      let sum = sums + <usize>(panel - begin) * panelSums;
      let left = packedRows;
      for (let group = 0; group < groups; group++, sum += 128, left += GROUP_STRIDE)
        tile(left, packedPanel, depth, sum, 32, sum, 32);
    }
  }
  for (let panel = begin; panel < end; panel++) {
    const gate = panel / perGate;
    const unit = (panel - gate * perGate) << 3;
    const width = min(8, units - unit);
    const column = <usize>(gate * units + unit) << 2;
    let sum = sums + <usize>(panel - begin) * panelSums;
    for (let row = 0; row < rows; row++, sum += 32) {
      const target = row < split ? top + (<usize>(row * units) << 4) : bottom + (<usize>((row - split) * units) << 4);
      copyFew(target + column, sum, width);
    }
  }
}
