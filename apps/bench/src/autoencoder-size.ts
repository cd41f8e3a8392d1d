/** The sizes of the LSTM autoencoder whose training step is measured. */
export interface AutoencoderSize {
  readonly timesteps: number;
  readonly features: number;
  readonly units: number;
  readonly batchSize: number;
}
