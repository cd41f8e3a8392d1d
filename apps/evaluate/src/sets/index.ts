import type { EvaluationSet } from '../evaluation-set.ts';
import { cmapss } from './cmapss.ts';
import { ecg5000 } from './ecg5000.ts';
import { nabFamilies } from './nab.ts';
import { sensorEvents } from './sensor-events.ts';
import { asd, smd } from './servers.ts';
import { skab } from './skab.ts';
import { smapMsl } from './smap-msl.ts';
import { tep } from './tep.ts';

/** All sets, in the order of the page. */
export const evaluationSets: readonly EvaluationSet[] = [
  ecg5000,
  skab,
  smapMsl,
  asd,
  smd,
  ...nabFamilies,
  tep,
  cmapss,
  sensorEvents,
];
