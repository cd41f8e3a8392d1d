import { activate, SIGMOID, slope, TANH } from './activation';
import { constant, TINY } from './constants';
import { contract, contractionBytes, panelCount } from './contraction';
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
import { groupCount, packRowPanels } from './pack-weights';
import { barrier, partStart } from './pool';
import { tile } from './tile';

/*
 * Going back from the last step, with a, r the activations and primes for their derivatives,
 *
 *     dh += dSequence_t           dc += dh ∘ o ∘ a'(c)
 *     dz = [dc ∘ g ∘ r'(i),  dc ∘ (c before) ∘ r'(f),  dc ∘ i ∘ a'(g),  dh ∘ a(c) ∘ r'(o)]
 *     dc ← dc ∘ f                 dh ← dz · recurrentKernelᵀ
 *
 * and at a masked step dz is zero and dh, dc pass. dz takes the gates' place in the reserve; it is summed over time
 * for the bias and a repeated input. The weights' gradients are one product over all steps at the end.
 *
 * Scratch: the panels of recurrentKernelᵀ [units / 4, 4 units, 4]; of each tile dh, dc, dSequence_t, a(c) and a
 * repeated input in lanes; of each thread what the contraction needs.
 */

@inline
function dhBytes(job: LstmJob): usize {
  return <usize>groupCount(job.units) << 7;
}

@inline
function tileScratchStride(job: LstmJob): usize {
  return 4 * dhBytes(job) + (job.repeated ? <usize>groupCount(job.features) << 7 : 0);
}

@inline
function tileScratch(job: LstmJob, at: i32): usize {
  const panels = <usize>(groupCount(job.units) * job.units) << 6;
  return job.scratch + panels + <usize>at * tileScratchStride(job);
}

@inline
function threadScratch(job: LstmJob, index: i32, threads: i32): usize {
  const rows = max(stateInputs(job) + job.units, job.features);
  const panels = (panelCount(job.units) + threads - 1) / threads;
  return tileScratch(job, tileCount(job)) + 1024 + <usize>index * contractionBytes(rows, panels);
}

export function backwardScratchBytes(job: LstmJob, threads: i32): usize {
  return threadScratch(job, threads, threads) - job.scratch;
}

export function lstmBackward(job: LstmJob, index: i32, threads: i32): void {
  const units = job.units;
  const groups = groupCount(units);
  packRowPanels(
    job.recurrentKernel,
    units,
    units,
    partStart(groups, index, threads),
    partStart(groups, index + 1, threads),
    job.scratch,
  );
  barrier(index, threads);
  const tiles = tileCount(job);
  const end = partStart(tiles, index + 1, threads);
  for (let begin = partStart(tiles, index, threads); begin < end; begin += BLOCK) {
    const until = min(begin + BLOCK, end);
    for (let at = begin; at < until; at++) startTile(job, at);
    if (job.activation == TANH && job.recurrentActivation == SIGMOID) scan(job, begin, until, TANH, SIGMOID);
    else scan(job, begin, until, job.activation, job.recurrentActivation);
  }
  barrier(index, threads);
  weightGradients(job, index, threads);
}

function startTile(job: LstmJob, at: i32): void {
  const units = job.units;
  const lanes = tileLanes(job, at);
  const stride = <usize>units << 2;
  const row = <usize>(at << 3) * stride;
  const dh = tileScratch(job, at);
  rowsToLanes(job.dh + row, stride, lanes, units, dh);
  rowsToLanes(job.dc + row, stride, lanes, units, dh + dhBytes(job));
  memory.fill(job.dzSum + <usize>at * gateStride(job), 0, gateStride(job));
  if (!job.repeated) return;
  const inputStride = <usize>job.features << 2;
  const input = job.input + <usize>(at << 3) * inputStride;
  rowsToLanes(input, inputStride, lanes, job.features, dh + 4 * dhBytes(job));
}

/**
 * Takes numbers under 1e-30 for zero. A gradient that vanishes over a long sequence would else end in subnormal numbers
 * that rounding keeps alive, and with which processors calculate many times slower. NaN stays NaN.
 */
@inline
function flush(x: v128): v128 {
  return v128.andnot(x, f32x4.lt(f32x4.abs(x), constant(TINY)));
}

/** Carries the tiles from `begin` to `end` back through all timesteps. */
@inline
function scan(job: LstmJob, begin: i32, end: i32, activation: i32, recurrentActivation: i32): void {
  const units = job.units;
  const timesteps = job.timesteps;
  const ofCell = cellStride(job);
  const ofGate = gateStride(job);
  const ofDh = dhBytes(job);
  const ofTile = reserveStride(job);
  const ofScratch = tileScratchStride(job);
  const groups = groupCount(units);
  const ofPanel = <usize>units << 6;
  const outStride = <usize>(timesteps * units) << 2;
  const all = i32x4.splat(-1);
  for (let t = timesteps - 1; t >= 0; t--) {
    for (let at = begin; at < end; at++) {
      const dh = tileScratch(job, at);
      const dc = dh + ofDh;
      const dOutput = dc + ofDh;
      const cellActivated = dOutput + ofDh;
      if (job.dSequence) {
        const rows = job.dSequence + <usize>(at << 3) * outStride + (<usize>(t * units) << 2);
        rowsToLanes(rows, outStride, tileLanes(job, at), units, dOutput);
      }
      const low = job.mask ? laneMask(job, at, 0, t) : all;
      const high = job.mask ? laneMask(job, at, 4, t) : all;
      const cells = tileCells(job, at) + <usize>t * ofCell;
      const gates = tileGates(job, at) + <usize>t * ofGate;
      const sums = job.dzSum + <usize>at * ofGate;
      for (let unit: usize = 0; unit < ofCell; unit += 32)
        activate(activation, cells + ofCell + unit, cellActivated + unit);
      for (let half: usize = 0; half < 32; half += 16) {
        const counts = half ? high : low;
        for (let j = 0; j < units; j++) {
          const unit = (<usize>j << 5) + half;
          const z = gates + (<usize>j << 7) + half;
          const sum = sums + (<usize>j << 7) + half;
          const i = v128.load(z);
          const f = v128.load(z, 32);
          const g = v128.load(z, 64);
          const o = v128.load(z, 96);
          const activated = v128.load(cellActivated + unit);
          let dhHere = v128.load(dh + unit);
          if (job.dSequence) dhHere = f32x4.add(dhHere, v128.load(dOutput + unit));
          dhHere = flush(dhHere);
          const dcBefore = v128.load(dc + unit);
          const toCell = f32x4.mul(f32x4.mul(dhHere, o), slope(activation, activated));
          const dcHere = flush(f32x4.add(dcBefore, toCell));
          const toI = f32x4.mul(f32x4.mul(dcHere, g), slope(recurrentActivation, i));
          const toF = f32x4.mul(f32x4.mul(dcHere, v128.load(cells + unit)), slope(recurrentActivation, f));
          const toG = f32x4.mul(f32x4.mul(dcHere, i), slope(activation, g));
          const toO = f32x4.mul(f32x4.mul(dhHere, activated), slope(recurrentActivation, o));
          const dzI = v128.and(toI, counts);
          const dzF = v128.and(toF, counts);
          const dzG = v128.and(toG, counts);
          const dzO = v128.and(toO, counts);
          v128.store(z, dzI);
          v128.store(z, dzF, 32);
          v128.store(z, dzG, 64);
          v128.store(z, dzO, 96);
          v128.store(sum, f32x4.add(v128.load(sum), dzI));
          v128.store(sum, f32x4.add(v128.load(sum, 32), dzF), 32);
          v128.store(sum, f32x4.add(v128.load(sum, 64), dzG), 64);
          v128.store(sum, f32x4.add(v128.load(sum, 96), dzO), 96);
          v128.store(dc + unit, v128.bitselect(f32x4.mul(dcHere, f), dcBefore, counts));
          v128.store(dh + unit, v128.andnot(dhHere, counts));
        }
      }
    }
    if (t == 0 && !job.dInitialH) continue;
    let panel = job.scratch;
    for (let group = 0; group < groups; group++, panel += ofPanel) {
      let dh = tileScratch(job, begin) + (<usize>group << 7);
      let dz = tileGates(job, begin) + <usize>t * ofGate;
      for (let at = begin; at < end; at++, dh += ofScratch, dz += ofTile) tile(panel, dz, units << 2, dh, 32, dh, 32);
    }
  }
  if (!job.dInitialH) return;
  const stride = <usize>units << 2;
  for (let at = begin; at < end; at++) {
    const row = <usize>(at << 3) * stride;
    const dh = tileScratch(job, at);
    lanesToRows(dh, units, job.dInitialH + row, stride, tileLanes(job, at));
    lanesToRows(dh + ofDh, units, job.dInitialC + row, stride, tileLanes(job, at));
  }
}

function weightGradients(job: LstmJob, index: i32, threads: i32): void {
  const units = job.units;
  const tiles = tileCount(job);
  const panels = panelCount(units);
  const begin = partStart(panels, index, threads);
  const end = partStart(panels, index + 1, threads);
  const inputs = stateInputs(job);
  const scratch = threadScratch(job, index, threads);
  const ofTile = reserveStride(job);
  contract(
    tileStates(job, 0),
    ofTile,
    stateStride(job),
    inputs + units,
    tileGates(job, 0),
    ofTile,
    gateStride(job),
    tiles,
    job.timesteps,
    units,
    begin,
    end,
    scratch,
    inputs,
    job.dKernel,
    job.dRecurrentKernel,
  );
  if (job.repeated) {
    const input = tileScratch(job, 0) + 4 * dhBytes(job);
    const ofInput = tileScratchStride(job);
    const features = job.features;
    const ofSum = gateStride(job);
    contract(
      input,
      ofInput,
      0,
      features,
      job.dzSum,
      ofSum,
      0,
      tiles,
      1,
      units,
      begin,
      end,
      scratch,
      features,
      job.dKernel,
      0,
    );
  }
  for (let n = partStart(4 * units, index, threads); n < partStart(4 * units, index + 1, threads); n++) {
    const gate = n / units;
    let from = job.dzSum + (<usize>(n - gate * units) << 7) + (<usize>gate << 5);
    let total = f32x4.splat(0);
    for (let at = 0; at < tiles; at++, from += gateStride(job))
      total = f32x4.add(total, f32x4.add(v128.load(from), v128.load(from, 16)));
    const sum =
      f32x4.extract_lane(total, 0) +
      f32x4.extract_lane(total, 1) +
      f32x4.extract_lane(total, 2) +
      f32x4.extract_lane(total, 3);
    store<f32>(job.dBias + (<usize>n << 2), sum);
  }
}
