import { copyFew, transpose4 } from './lanes';
import { barrier, partStart } from './pool';
import { tile } from './tile';

/**
 * c = a · b + bias for matrices of any layout. Strides are in numbers: of a the next row and the next k, of b the next
 * k and the next column.
 */
@unmanaged
export class ProductJob {
  rows!: i32;
  columns!: i32;
  depth!: i32;
  a!: usize;
  aRow!: i32;
  aDepth!: i32;
  b!: usize;
  bDepth!: i32;
  bColumn!: i32;
  bias!: usize;
  c!: usize;
  scratch!: usize;
}

/** The depth worked through at a time. */
const DEPTH: i32 = 256;

@inline
function panelCount(job: ProductJob): i32 {
  return (job.columns + 7) >> 3;
}

@inline
function groupCount(job: ProductJob): i32 {
  return (job.rows + 3) >> 2;
}

@inline
function panelBytes(job: ProductJob): usize {
  return <usize>min(job.depth, DEPTH) << 5;
}

/** Packed b of one chunk of the depth; packed a of one group, one tile of c, and the bias or zeros, of each thread. */
@inline
function threadScratch(job: ProductJob, index: i32): usize {
  const panels = <usize>panelCount(job) * panelBytes(job);
  return job.scratch + panels + <usize>index * ((<usize>min(job.depth, DEPTH) << 4) + 256);
}

export function productScratchBytes(job: ProductJob, threads: i32): usize {
  return threadScratch(job, threads) - job.scratch;
}

export function product(job: ProductJob, index: i32, threads: i32): void {
  const columns = job.columns;
  const rows = job.rows;
  const panels = panelCount(job);
  const groups = groupCount(job);
  const packedGroup = threadScratch(job, index);
  const edge = packedGroup + (<usize>min(job.depth, DEPTH) << 4);
  const first = edge + 128;
  const cStride = <usize>columns << 2;
  // Few rows are split by columns: a gradient of weights has few of either, and its depth is what is long.
  const byRows = groups >= panels;
  const groupBegin = byRows ? partStart(groups, index, threads) : 0;
  const groupEnd = byRows ? partStart(groups, index + 1, threads) : groups;
  const panelBegin = byRows ? 0 : partStart(panels, index, threads);
  const panelEnd = byRows ? panels : partStart(panels, index + 1, threads);
  for (let from = 0; from < job.depth; from += DEPTH) {
    const depth = min(DEPTH, job.depth - from);
    const packEnd = partStart(panels, index + 1, threads);
    for (let panel = partStart(panels, index, threads); panel < packEnd; panel++) packPanel(job, panel, from, depth);
    barrier(index, threads);
    for (let group = groupBegin; group < groupEnd; group++) {
      packGroup(job, group, from, depth, packedGroup);
      const height = min(4, rows - (group << 2));
      for (let panel = panelBegin; panel < panelEnd; panel++) {
        const width = min(8, columns - (panel << 3));
        const b = job.scratch + <usize>panel * panelBytes(job);
        const c = job.c + <usize>(group << 2) * cStride + (<usize>panel << 5);
        const whole = height == 4 && width == 8;
        let init = first;
        let initStride: usize = 0;
        if (from == 0) startRow(job, panel, width, first);
        else if (whole) {
          init = c;
          initStride = cStride;
        } else {
          for (let r = 0; r < height; r++) copyFew(edge + (<usize>r << 5), c + <usize>r * cStride, width);
          init = edge;
          initStride = 32;
        }
        if (whole) tile(packedGroup, b, depth, init, initStride, c, cStride);
        else {
          tile(packedGroup, b, depth, init, initStride, edge, 32);
          for (let r = 0; r < height; r++) copyFew(c + <usize>r * cStride, edge + (<usize>r << 5), width);
        }
      }
    }
    // The next chunk overwrites the panels.
    barrier(index, threads);
  }
}

/** Writes what the sums of a panel start from: the bias, or zeros. */
@inline
function startRow(job: ProductJob, panel: i32, width: i32, out: usize): void {
  v128.store(out, f32x4.splat(0));
  v128.store(out, f32x4.splat(0), 16);
  if (job.bias) copyFew(out, job.bias + (<usize>panel << 5), width);
}

function packPanel(job: ProductJob, panel: i32, from: i32, depth: i32): void {
  const width = min(8, job.columns - (panel << 3));
  const kStride = <usize>job.bDepth << 2;
  const columnStride = <usize>job.bColumn << 2;
  let to = job.scratch + <usize>panel * panelBytes(job);
  let source = job.b + <usize>from * kStride + <usize>(panel << 3) * columnStride;
  let k = 0;
  if (width == 8 && job.bColumn == 1) {
    for (; k < depth; k++, source += kStride, to += 32) {
      v128.store(to, v128.load(source));
      v128.store(to, v128.load(source, 16), 16);
    }
  } else if (width == 8 && job.bDepth == 1) {
    for (; k + 4 <= depth; k += 4, source += 16, to += 128) {
      transpose4(source, columnStride, to, 32);
      transpose4(source + 4 * columnStride, columnStride, to + 16, 32);
    }
  }
  for (; k < depth; k++, source += kStride, to += 32)
    for (let n = 0; n < 8; n++)
      store<f32>(to + (<usize>n << 2), n < width ? load<f32>(source + <usize>n * columnStride) : 0);
}

function packGroup(job: ProductJob, group: i32, from: i32, depth: i32, out: usize): void {
  const height = min(4, job.rows - (group << 2));
  const rowStride = <usize>job.aRow << 2;
  const kStride = <usize>job.aDepth << 2;
  let to = out;
  let source = job.a + <usize>(group << 2) * rowStride + <usize>from * kStride;
  let k = 0;
  if (height == 4 && job.aRow == 1) {
    for (; k < depth; k++, source += kStride, to += 16) v128.store(to, v128.load(source));
  } else if (height == 4 && job.aDepth == 1) {
    for (; k + 4 <= depth; k += 4, source += 16, to += 64) transpose4(source, rowStride, to, 16);
  }
  for (; k < depth; k++, source += kStride, to += 16)
    for (let r = 0; r < 4; r++)
      store<f32>(to + (<usize>r << 2), r < height ? load<f32>(source + <usize>r * rowStride) : 0);
}
