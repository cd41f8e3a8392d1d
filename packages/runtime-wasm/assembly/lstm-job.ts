/**
 * What the LSTM jobs are told; src/lstm-job.ts writes the same fields in the same order. Pointers are 0 where there
 * is nothing.
 *
 * What the forward pass keeps for the backward pass (the reserve), of each tile of eight rows of the batch in lanes:
 *
 *     states  [timesteps + 1, inputs + units]   at step t: x_t, then h before step t; inputs is 0 if repeated
 *     cells   [timesteps + 1, units]            at step t: c before step t
 *     gates   [timesteps, units, i f c o]       activated; the backward pass puts dz in their place
 *
 * Without a gradient to come, states and cells have two slots used in turn and gates one.
 */
@unmanaged
export class LstmJob {
  batch!: i32;
  timesteps!: i32;
  features!: i32;
  units!: i32;
  /** 1 where the input is the same at every timestep: `[batch, features]`. */
  repeated!: i32;
  activation!: i32;
  recurrentActivation!: i32;
  /** 1 where a gradient is to come. */
  recording!: i32;
  input!: usize;
  kernel!: usize;
  recurrentKernel!: usize;
  bias!: usize;
  initialH!: usize;
  initialC!: usize;
  mask!: usize;
  h!: usize;
  c!: usize;
  sequence!: usize;
  reserve!: usize;
  scratch!: usize;
  dh!: usize;
  dc!: usize;
  dSequence!: usize;
  dInitialH!: usize;
  dInitialC!: usize;
  dKernel!: usize;
  dRecurrentKernel!: usize;
  dBias!: usize;
  dInput!: usize;
  /** `[tiles, units, i f c o]` in lanes: dz summed over time. */
  dzSum!: usize;
}

/** Tiles that one thread carries through a timestep together, so that a panel of weights is read once for all. */
export const BLOCK: i32 = 4;

@inline
export function tileCount(job: LstmJob): i32 {
  return (job.batch + 7) >> 3;
}

/** The inputs held in the states. */
@inline
export function stateInputs(job: LstmJob): i32 {
  return job.repeated ? 0 : job.features;
}

@inline
export function stateStride(job: LstmJob): usize {
  return <usize>(stateInputs(job) + job.units) << 5;
}

@inline
export function cellStride(job: LstmJob): usize {
  return <usize>job.units << 5;
}

@inline
export function gateStride(job: LstmJob): usize {
  return <usize>job.units << 7;
}

@inline
function stateSlots(job: LstmJob): usize {
  return job.recording ? <usize>job.timesteps + 1 : 2;
}

@inline
function gateSlots(job: LstmJob): usize {
  return job.recording ? <usize>job.timesteps : 1;
}

@inline
export function tileStates(job: LstmJob, tile: i32): usize {
  return job.reserve + <usize>tile * reserveStride(job);
}

@inline
export function tileCells(job: LstmJob, tile: i32): usize {
  return tileStates(job, tile) + stateSlots(job) * stateStride(job);
}

@inline
export function tileGates(job: LstmJob, tile: i32): usize {
  return tileCells(job, tile) + stateSlots(job) * cellStride(job);
}

/** The bytes of one tile's part of the reserve. */
export function reserveStride(job: LstmJob): usize {
  return stateSlots(job) * (stateStride(job) + cellStride(job)) + gateSlots(job) * gateStride(job);
}

/** The bytes of the reserve, and some beyond it that may be read, never used. */
export function reserveBytes(job: LstmJob): usize {
  return <usize>tileCount(job) * reserveStride(job) + 1024;
}

/** The rows of the batch in a tile. */
@inline
export function tileLanes(job: LstmJob, tile: i32): i32 {
  return min(8, job.batch - (tile << 3));
}

/** Whether row `lane` of a tile counts at step t, as a mask of all bits, for lanes `first` to `first` + 3. */
export function laneMask(job: LstmJob, tile: i32, first: i32, t: i32): v128 {
  let result = i32x4.splat(0);
  const row = (tile << 3) + first;
  const at = job.mask + (<usize>(row * job.timesteps + t) << 2);
  const stride = <usize>job.timesteps << 2;
  if (row < job.batch) result = i32x4.replace_lane(result, 0, load<f32>(at) != 0 ? -1 : 0);
  if (row + 1 < job.batch) result = i32x4.replace_lane(result, 1, load<f32>(at + stride) != 0 ? -1 : 0);
  if (row + 2 < job.batch) result = i32x4.replace_lane(result, 2, load<f32>(at + 2 * stride) != 0 ? -1 : 0);
  if (row + 3 < job.batch) result = i32x4.replace_lane(result, 3, load<f32>(at + 3 * stride) != 0 ? -1 : 0);
  return result;
}
