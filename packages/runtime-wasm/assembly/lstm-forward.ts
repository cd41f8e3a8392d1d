import { activate, SIGMOID, TANH } from './activation';
import { lanesToRows, rowsToLanes } from './lanes';
import {
  BLOCK,
  cellStride,
  gateStride,
  LstmJob,
  laneMask,
  reserveStride,
  stateInputs,
  stateStride,
  tileCells,
  tileCount,
  tileGates,
  tileLanes,
  tileStates,
} from './lstm-job';
import { packGatePanels } from './pack-weights';
import { barrier, partStart } from './pool';
import { tile } from './tile';

/*
 * z = b + [x_t, h] · [kernel; recurrentKernel], one product of depth inputs + units for each unit and tile, all four
 * gates of the unit at once; then i, f, o = r(z), g = a(z), c ← f ∘ c + i ∘ g, h ← o ∘ a(c). A repeated input's
 * share of z is worked out once and takes the place of b.
 *
 * Scratch: the panels [units, inputs + units, 4], the panels of a repeated input's kernel [units, features, 4], and of
 * each tile z before the recurrence [units, i f c o] and a repeated input [features] in lanes.
 */

@inline
function panelStride(job: LstmJob): usize {
  return <usize>(stateInputs(job) + job.units) << 4;
}

@inline
function inputPanels(job: LstmJob): usize {
  return job.scratch + <usize>job.units * panelStride(job);
}

@inline
function inputPanelBytes(job: LstmJob): usize {
  return job.repeated ? <usize>(job.units * job.features) << 4 : 0;
}

@inline
function baseStride(job: LstmJob): usize {
  return gateStride(job) + (job.repeated ? <usize>job.features << 5 : 0);
}

@inline
function tileBase(job: LstmJob, index: i32): usize {
  return inputPanels(job) + inputPanelBytes(job) + <usize>index * baseStride(job);
}

export function forwardScratchBytes(job: LstmJob): usize {
  return tileBase(job, tileCount(job)) - job.scratch;
}

export function lstmForward(job: LstmJob, index: i32, threads: i32): void {
  const units = job.units;
  const first = partStart(units, index, threads);
  const last = partStart(units, index + 1, threads);
  if (job.repeated) {
    packGatePanels(job.kernel, job.features, units, first, last, inputPanels(job), <usize>job.features << 4, 0);
  } else {
    packGatePanels(job.kernel, job.features, units, first, last, job.scratch, panelStride(job), 0);
  }
  packGatePanels(job.recurrentKernel, units, units, first, last, job.scratch, panelStride(job), stateInputs(job));
  barrier(index, threads);
  const tiles = tileCount(job);
  const end = partStart(tiles, index + 1, threads);
  for (let begin = partStart(tiles, index, threads); begin < end; begin += BLOCK) {
    const until = min(begin + BLOCK, end);
    for (let at = begin; at < until; at++) startTile(job, at);
    if (job.activation == TANH && job.recurrentActivation == SIGMOID) scan(job, begin, until, TANH, SIGMOID);
    else scan(job, begin, until, job.activation, job.recurrentActivation);
  }
}

/** Sets a tile's initial state and its z before the recurrence. */
function startTile(job: LstmJob, at: i32): void {
  const units = job.units;
  const lanes = tileLanes(job, at);
  const row = <usize>(at << 3);
  const h = tileStates(job, at) + (<usize>stateInputs(job) << 5);
  const c = tileCells(job, at);
  const stride = <usize>units << 2;
  if (job.initialH) {
    rowsToLanes(job.initialH + row * stride, stride, lanes, units, h);
    rowsToLanes(job.initialC + row * stride, stride, lanes, units, c);
  } else {
    memory.fill(h, 0, cellStride(job));
    memory.fill(c, 0, cellStride(job));
  }
  const base = tileBase(job, at);
  for (let j = 0; j < units; j++) {
    for (let gate = 0; gate < 4; gate++) {
      const bias = v128.load32_splat(job.bias + (<usize>(gate * units + j) << 2));
      const to = base + (<usize>j << 7) + (<usize>gate << 5);
      v128.store(to, bias);
      v128.store(to, bias, 16);
    }
  }
  if (!job.repeated) return;
  const inputStride = <usize>job.features << 2;
  const input = base + gateStride(job);
  rowsToLanes(job.input + row * inputStride, inputStride, lanes, job.features, input);
  const panels = inputPanels(job);
  for (let j = 0; j < units; j++) {
    const z = base + (<usize>j << 7);
    tile(panels + (<usize>(j * job.features) << 4), input, job.features, z, 32, z, 32);
  }
}

/** Carries the tiles from `begin` to `end` through all timesteps. */
@inline
function scan(job: LstmJob, begin: i32, end: i32, activation: i32, recurrentActivation: i32): void {
  const units = job.units;
  const inputs = stateInputs(job);
  const features = job.features;
  const timesteps = job.timesteps;
  const ofState = stateStride(job);
  const ofCell = cellStride(job);
  const ofGate = gateStride(job);
  const ofPanel = panelStride(job);
  const ofTile = reserveStride(job);
  const ofBase = baseStride(job);
  const hOffset = <usize>inputs << 5;
  const rowStride = <usize>(timesteps * features) << 2;
  const outStride = <usize>(timesteps * units) << 2;
  for (let t = 0; t < timesteps; t++) {
    // Where two slots take turns, one is read and the other written.
    const from = <usize>(job.recording ? t : t & 1);
    const to = <usize>(job.recording ? t + 1 : (t + 1) & 1);
    const gateSlot = <usize>(job.recording ? t : <i32>0);
    if (inputs > 0) {
      for (let at = begin; at < end; at++)
        rowsToLanes(
          job.input + <usize>(at << 3) * rowStride + (<usize>(t * features) << 2),
          rowStride,
          tileLanes(job, at),
          features,
          tileStates(job, at) + from * ofState,
        );
    }
    // From a state of zeros the first step's recurrent product is zero.
    const depth = t == 0 && !job.initialH ? inputs : inputs + units;
    const slot = gateSlot * ofGate;
    for (let j = 0; j < units; j++) {
      const panel = job.scratch + <usize>j * ofPanel;
      const unit = <usize>j << 7;
      let state = tileStates(job, begin) + from * ofState;
      let z = tileGates(job, begin) + slot + unit;
      let base = tileBase(job, begin) + unit;
      for (let at = begin; at < end; at++, state += ofTile, z += ofTile, base += ofBase)
        tile(panel, state, depth, base, 32, z, 32);
    }
    for (let at = begin; at < end; at++) {
      const gates = tileGates(job, at) + slot;
      const before = tileCells(job, at) + from * ofCell;
      const after = tileCells(job, at) + to * ofCell;
      const h = tileStates(job, at) + to * ofState + hOffset;
      // Two passes, so that the processor sees many units at once that do not wait for one another.
      for (let z = gates; z < gates + ofGate; z += 128) {
        activate(recurrentActivation, z, z);
        activate(recurrentActivation, z + 32, z + 32);
        activate(activation, z + 64, z + 64);
        activate(recurrentActivation, z + 96, z + 96);
      }
      for (let unit: usize = 0, z = gates; unit < ofCell; unit += 32, z += 128) {
        const c = after + unit;
        for (let half: usize = 0; half < 32; half += 16) {
          const kept = f32x4.mul(v128.load(z + half, 32), v128.load(before + unit + half));
          const added = f32x4.mul(v128.load(z + half), v128.load(z + half, 64));
          v128.store(c + half, f32x4.add(kept, added));
        }
        const out = h + unit;
        activate(activation, c, out);
        v128.store(out, f32x4.mul(v128.load(z, 96), v128.load(out)));
        v128.store(out, f32x4.mul(v128.load(z, 112), v128.load(out, 16)), 16);
      }
    }
    if (job.mask) for (let at = begin; at < end; at++) passMasked(job, at, t, from, to);
    if (job.sequence) {
      for (let at = begin; at < end; at++)
        lanesToRows(
          tileStates(job, at) + to * ofState + hOffset,
          units,
          job.sequence + <usize>(at << 3) * outStride + (<usize>(t * units) << 2),
          outStride,
          tileLanes(job, at),
        );
    }
  }
  const last = <usize>(job.recording ? timesteps : timesteps & 1);
  const stride = <usize>units << 2;
  for (let at = begin; at < end; at++) {
    const row = <usize>(at << 3) * stride;
    lanesToRows(tileStates(job, at) + last * ofState + hOffset, units, job.h + row, stride, tileLanes(job, at));
    lanesToRows(tileCells(job, at) + last * ofCell, units, job.c + row, stride, tileLanes(job, at));
  }
}

/** Gives masked rows of a tile the state they had before the step. */
function passMasked(job: LstmJob, at: i32, t: i32, from: usize, to: usize): void {
  const low = laneMask(job, at, 0, t);
  const high = laneMask(job, at, 4, t);
  const h = tileStates(job, at) + (<usize>stateInputs(job) << 5);
  const c = tileCells(job, at);
  for (let j = 0; j < job.units; j++) {
    const unit = <usize>j << 5;
    keep(h + from * stateStride(job) + unit, h + to * stateStride(job) + unit, low, high);
    keep(c + from * cellStride(job) + unit, c + to * cellStride(job) + unit, low, high);
  }
}

@inline
function keep(before: usize, after: usize, low: v128, high: v128): void {
  v128.store(after, v128.bitselect(v128.load(after), v128.load(before), low));
  v128.store(after, v128.bitselect(v128.load(after, 16), v128.load(before, 16), high), 16);
}
