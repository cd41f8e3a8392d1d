import type { Provenance } from '@retrace/detector';
import { summary } from '@retrace/models';
import type { TrainingEpoch } from '@retrace/report';
import { countOf } from './count-of.ts';
import { openDetector } from './open-detector.ts';
import { planOf } from './resample-plan.ts';
import { scorerText } from './scorer-text.ts';
import type { Session } from './session.ts';
import { choiceText, levelText } from './threshold-text.ts';

/** Tells what a detector watches, how it scores, and what its model looks like. */
export async function inspectDetector(path: string, session: Session): Promise<void> {
  const { detector, history } = await openDetector(path);
  detector.dispose();
  const plan = planOf(detector.metadata);
  const { spec } = detector.model;
  const { windows, scaler, threshold } = detector.state;
  if (session.json)
    return session.printJson({
      model: spec,
      ...detector.state,
      provenance: detector.provenance,
      ...(plan && { resample: plan }),
      ...(history && { history }),
    });
  const { lookback, stride = 1, maxGap, horizon = 0, shift = 0 } = windows;
  const out = horizon > 0 ? ` in, ${countOf(horizon, 'row')} out${shiftText(shift)}` : '';
  const last = history?.at(-1);
  await session.print(
    [
      `features   ${detector.features.join(', ')}`,
      `windows    ${lookback} rows${out}, one every ${stride}${maxGap === undefined ? '' : `, no gap over ${maxGap} (dates: in ms)`}`,
      ...(plan ? [`resampled  every ${plan.every} (dates: in ms), by '${plan.rule}'`] : []),
      `scaler     ${scaler.kind}`,
      `scorer     ${scorerText(detector.state)}`,
      `threshold  ${levelText(threshold)}, ${choiceText(threshold)}`,
      ...(last
        ? [
            `training   ${countOf(last.epoch, 'epoch')}, in the last loss ${last.loss.toPrecision(4)}${rateText(last)}`,
          ]
        : []),
      ...provenanceLines(detector.provenance),
      '',
      summary(spec),
      '',
    ].join('\n'),
  );
}

function provenanceLines({ versions, calibration, training, metrics }: Provenance): string[] {
  const data = training?.data;
  const figures = Object.entries(metrics ?? {}).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
  return [
    `by         retrace ${versions.retrace}${training?.seed === undefined ? '' : `, seed ${training.seed}`}`,
    ...(data ? [`trained    on ${countOf(data.rows, 'row')}, SHA-256 ${data.sha256}`] : []),
    `calibrated on ${countOf(calibration.rows, 'row')}, SHA-256 ${calibration.sha256}`,
    ...(figures.length > 0 ? [`tested     ${figures.join(', ')}`] : []),
  ];
}

function shiftText(shift: number): string {
  if (shift === 0) return '';
  return shift > 0 ? ` after ${countOf(shift, 'row')}` : ` that overlap by ${countOf(-shift, 'row')}`;
}

function rateText({ learningRate }: TrainingEpoch): string {
  return learningRate === undefined ? '' : ` at a learning rate of ${Number(learningRate.toPrecision(3))}`;
}
