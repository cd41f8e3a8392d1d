import { lanesToRows } from './lanes';
import { gateStride, LstmJob, tileCount, tileGates, tileLanes } from './lstm-job';
import { groupCount, packRowPanels } from './pack-weights';
import { barrier, partStart } from './pool';
import { tile } from './tile';

/*
 * dInput = dz · kernelᵀ at every step, or of dz summed over time for a repeated input. Scratch: the panels of kernelᵀ,
 * and of each thread one step in lanes.
 */

@inline
function stepScratch(job: LstmJob, index: i32): usize {
  const groups = groupCount(job.features);
  return job.scratch + (<usize>(groups * job.units) << 6) + <usize>index * ((<usize>groups << 7) + 64);
}

export function inputGradientScratchBytes(job: LstmJob, threads: i32): usize {
  return stepScratch(job, threads) - job.scratch + 32;
}

export function lstmInputGradient(job: LstmJob, index: i32, threads: i32): void {
  const features = job.features;
  const units = job.units;
  const groups = groupCount(features);
  const first = partStart(groups, index, threads);
  packRowPanels(job.kernel, features, units, first, partStart(groups, index + 1, threads), job.scratch);
  const zero = stepScratch(job, threads);
  if (index == 0) memory.fill(zero, 0, 32);
  barrier(index, threads);
  const tiles = tileCount(job);
  const steps = job.repeated ? 1 : job.timesteps;
  const lanes = stepScratch(job, index);
  const ofPanel = <usize>units << 6;
  const rowStride = <usize>(steps * features) << 2;
  const pairs = tiles * steps;
  for (let pair = partStart(pairs, index, threads); pair < partStart(pairs, index + 1, threads); pair++) {
    const at = pair / steps;
    const t = pair - at * steps;
    const dz = job.repeated
      ? job.dzSum + <usize>at * gateStride(job)
      : tileGates(job, at) + <usize>t * gateStride(job);
    let panel = job.scratch;
    let to = lanes;
    for (let group = 0; group < groups; group++, panel += ofPanel, to += 128)
      tile(panel, dz, units << 2, zero, 0, to, 32);
    const rows = job.dInput + <usize>(at << 3) * rowStride + (<usize>(t * features) << 2);
    lanesToRows(lanes, features, rows, rowStride, tileLanes(job, at));
  }
}
