import { transpose4 } from './lanes';

/**
 * Writes weights `[rows, 4 units]`, gates side by side, as the panels the tile reads: for unit j and row k the four
 * gates' numbers, at `out + j * panelStride + 16 (firstRow + k)`; for the units from `begin` to `end`.
 */
export function packGatePanels(
  weights: usize,
  rows: i32,
  units: i32,
  begin: i32,
  end: i32,
  out: usize,
  panelStride: usize,
  firstRow: i32,
): void {
  const gate = (<usize>units) << 2;
  for (let k = 0; k < rows; k++) {
    const row = weights + ((<usize>(k * units)) << 4);
    let to = out + <usize>begin * panelStride + ((<usize>(firstRow + k)) << 4);
    let j = begin;
    for (; j + 4 <= end; j += 4, to += 4 * panelStride) transpose4(row + (<usize>j << 2), gate, to, panelStride);
    for (; j < end; j++) {
      const from = row + ((<usize>j) << 2);
      store<f32>(to, load<f32>(from));
      store<f32>(to, load<f32>(from + gate), 4);
      store<f32>(to, load<f32>(from + 2 * gate), 8);
      store<f32>(to, load<f32>(from + 3 * gate), 12);
      to += panelStride;
    }
  }
}

/** The groups of four rows. */
@inline
export function groupCount(rows: i32): i32 {
  return (rows + 3) >> 2;
}

/**
 * Writes weights `[rows, 4 units]` as the panels of the transposed product: for each group of four rows, and for each
 * unit and gate in turn, the four rows' numbers; for the groups from `begin` to `end`. Rows there are none of are zero.
 */
export function packRowPanels(weights: usize, rows: i32, units: i32, begin: i32, end: i32, out: usize): void {
  const rowStride = (<usize>units) << 4;
  for (let group = begin; group < end; group++) {
    const from = weights + <usize>(group << 2) * rowStride;
    const panel = out + ((<usize>(group * units)) << 6);
    const count = min(4, rows - (group << 2));
    for (let gate = 0; gate < 4; gate++) {
      let source = from + ((<usize>(gate * units)) << 2);
      let to = panel + ((<usize>gate) << 4);
      let j = 0;
      if (count == 4) {
        for (; j + 4 <= units; j += 4, source += 16, to += 256) transpose4(source, rowStride, to, 64);
      }
      for (; j < units; j++) {
        for (let r = 0; r < 4; r++)
          store<f32>(to + ((<usize>r) << 2), r < count ? load<f32>(source + <usize>r * rowStride) : 0);
        source += 4;
        to += 64;
      }
    }
  }
}
