/** The sizes of an LSTM autoencoder and its batch: LSTM, repeat, LSTM, dense over time. */
export interface Shape {
  readonly timesteps: number;
  readonly features: number;
  readonly units: number;
  readonly batch: number;
}

/** The five sizes that are measured, by name. */
export const shapes: Readonly<Record<string, Shape>> = {
  seed2d: { timesteps: 5, features: 2, units: 128, batch: 32 },
  mid: { timesteps: 30, features: 8, units: 64, batch: 32 },
  ecg: { timesteps: 140, features: 1, units: 64, batch: 64 },
  smd: { timesteps: 100, features: 38, units: 128, batch: 128 },
  big: { timesteps: 100, features: 16, units: 256, batch: 64 },
};
