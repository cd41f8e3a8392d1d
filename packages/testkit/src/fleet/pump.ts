/**
 * A variable-speed centrifugal pump lifting water into a tank, at relative speed s = n / n_rated:
 *
 *     pump head       H = s²·H₀ − c·Q²               affinity laws: flow ∝ s, head ∝ s², power ∝ s³
 *     system head     H = Hs + k·Q²                  static lift and turbulent pipe friction
 *     flow            Q = √((s²·H₀ − Hs) / (c + k))  where they meet; 0 if s²·H₀ < Hs: the check valve shuts
 *     efficiency      η = ηmax·(2φ − φ²)             with φ = Q / (s·Qbep), 1 at the best efficiency point
 *     shaft power     P = ρ·g·Q·H / η = ρ·g·H·s·Qbep / (ηmax·(2 − φ))
 *     motor current   I = √(Im² + (P / (√3·U·s·ηm))²)  magnetising and load current in quadrature; the drive
 *                                                    keeps voltage ∝ speed, so load current follows torque
 *     vibration       √(Vh² + Vu²)                   of two independent sources:
 *                     Vh = vh·s²·(1 + 2(φ − 1)²)     hydraulic excitation, least at the best efficiency point
 *                     Vu = vu·s·r² / √((1 − r²)² + (2ζr)²), r = s / s_res    unbalance through a resonance
 *
 * Sources: Gülich, "Centrifugal Pumps" (affinity laws, curves, part-load excitation); Den Hartog, "Mechanical
 * Vibrations" (rotating unbalance); ISO 20816-1 for the level, some mm/s r.m.s. of a sound machine.
 */

/** What a machine is: its parameters, as built and as installed. */
export interface Pump {
  /** H₀, head at no flow and rated speed, m. */
  readonly shutOffHead: number;
  /** c, head lost inside the pump, m per (m³/h)². */
  readonly internalResistance: number;
  /** Qbep at rated speed, m³/h. */
  readonly bestFlow: number;
  /** ηmax of the pump. */
  readonly efficiency: number;
  /** k, head lost in the pipe, m per (m³/h)². */
  readonly pipeResistance: number;
  readonly motorEfficiency: number;
  /** Im, A. */
  readonly magnetisingCurrent: number;
  /** vh, mm/s. */
  readonly hydraulicVibration: number;
  /** vu, mm/s. */
  readonly unbalanceVibration: number;
  /** s_res. */
  readonly resonance: number;
  /** ζ. */
  readonly damping: number;
}

/** What ails a machine at one moment; all zero when it is sound. */
export interface Ailment {
  /** Share of the shut-off head lost to vapour. */
  readonly headLoss: number;
  /** Added resistance inside the pump, as a share of all resistance. */
  readonly obstruction: number;
  /** Added shaft power, as a share. */
  readonly drag: number;
  /** Added unbalance, as a share. */
  readonly unbalance: number;
  /** Added broadband vibration at rated speed, mm/s. */
  readonly roughness: number;
  /** Added bearing friction, as a share. */
  readonly friction: number;
}

export const sound: Ailment = {
  headLoss: 0,
  obstruction: 0,
  drag: 0,
  unbalance: 0,
  roughness: 0,
  friction: 0,
};

export interface OperatingPoint {
  /** m³/h. */
  flow: number;
  /** kW. */
  shaftPower: number;
  /** A. */
  motorCurrent: number;
  /** mm/s r.m.s. */
  vibration: number;
}

const RATED_VOLTAGE = 400;
/** ρ·g of water, for flow in m³/h, head in m and power in kW. */
const WATER = (1000 * 9.81) / 3600 / 1000;

/** Solves the equations above for one speed (relative), static head (m) and factor on the pipe's resistance. */
export function operatingPoint(
  pump: Pump,
  speed: number,
  staticHead: number,
  { ailment = sound, valve = 1 }: { ailment?: Ailment; valve?: number } = {},
): OperatingPoint {
  if (speed <= 0) return { flow: 0, shaftPower: 0, motorCurrent: 0, vibration: 0 };
  const head0 = speed ** 2 * pump.shutOffHead * (1 - ailment.headLoss);
  const resistance = (pump.internalResistance + pump.pipeResistance * valve) * (1 + ailment.obstruction);
  const flow = Math.sqrt(Math.max(0, head0 - staticHead) / resistance);
  const phi = flow / (speed * pump.bestFlow);
  const head = head0 - pump.internalResistance * flow ** 2;
  const ideal = (WATER * head * speed * pump.bestFlow) / (pump.efficiency * (2 - phi));
  const shaftPower = ideal * (1 + ailment.drag);
  const load = (1000 * shaftPower) / (Math.sqrt(3) * RATED_VOLTAGE * speed * pump.motorEfficiency);
  const motorCurrent = Math.hypot(pump.magnetisingCurrent, load);
  const vibration = Math.hypot(
    pump.hydraulicVibration * speed ** 2 * (1 + 2 * (phi - 1) ** 2),
    unbalanceResponse(pump, speed) * (1 + ailment.unbalance),
    ailment.roughness * speed,
  );
  return { flow, shaftPower, motorCurrent, vibration };
}

function unbalanceResponse({ unbalanceVibration, resonance, damping }: Pump, speed: number): number {
  const r = speed / resonance;
  return (unbalanceVibration * speed * r ** 2) / Math.hypot(1 - r ** 2, 2 * damping * r);
}
