import type { WorkerRequest } from '@retrace/training/worker/requests';
import type { TrainedTrial } from '../train-one.ts';
import type { TrialConfig } from '../trial-config.ts';
import type { TrialData } from '../trial-data.ts';

/** What a worker is asked to train. */
export interface TrialRequest extends WorkerRequest {
  readonly retrace: 'trial';
  readonly config: TrialConfig;
  readonly data: TrialData;
}

/** What a worker tells. */
export type TrialReply =
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'done'; readonly trained: TrainedTrial };
