import { summary } from '@retrace/models';
import type { Command } from 'commander';
import { countOf } from './count-of.ts';
import { openDetector } from './open-detector.ts';
import { openSession, type RunOptions, type SessionFlags } from './session.ts';
import { addSessionFlags } from './session-flags.ts';

const help = `
Examples:
  retrace inspect pumps.retrace
  retrace inspect pumps.retrace --json`;

/** Adds `retrace inspect`. */
export function addInspectCommand(program: Command, options: RunOptions): void {
  const command = program
    .command('inspect')
    .summary('tell what a detector is made of')
    .description('Tells what a detector watches, how it scores, and what its model looks like.')
    .argument('<detector>', 'a file that `retrace train` wrote');
  addSessionFlags(command, help);
  command.action(async (path: string, flags: SessionFlags) => {
    const session = openSession(command, flags, options);
    const { detector, history } = await openDetector(path);
    detector.dispose();
    const { spec } = detector.model;
    const { windows, scaler, scorer, threshold } = detector.state;
    if (session.json)
      return session.printJson({ model: spec, ...detector.state, ...(history && { history }) });
    const { lookback, stride = 1, maxGap } = windows;
    const last = history?.at(-1);
    await session.print(
      [
        `features   ${detector.features.join(', ')}`,
        `windows    ${lookback} rows, one every ${stride}${maxGap === undefined ? '' : `, no gap over ${maxGap} (dates: in ms)`}`,
        `scaler     ${scaler.kind}`,
        `scorer     ${scorer.kind}`,
        `threshold  ${threshold.value.toPrecision(4)}, the ${threshold.q} quantile of ${countOf(threshold.rows, 'calibration row')}`,
        ...(last
          ? [`training   ${countOf(last.epoch, 'epoch')}, loss ${last.loss.toPrecision(4)} in the last`]
          : []),
        '',
        summary(spec),
        '',
      ].join('\n'),
    );
  });
}
