import type { Windows } from '@retrace/windowing';
import { sampleWindows } from './sample-windows.ts';

// The root mean square of a scaled feature is near 1. Gates saturate by about 10, and what is far below 1 moves none.
const most = 10;
const least = 0.01;

/** Says which feature is far from being scaled, judged by some of the windows; undefined where none is. */
export function scaleAdvice(windows: Windows): string | undefined {
  const { size, input, mask, observed } = sampleWindows(windows, 64);
  const { features, spec } = windows;
  const width = features.length;
  const squares = new Float64Array(width);
  const counts = new Uint32Array(width);
  for (let step = 0; step < size * spec.lookback; step++) {
    if (mask?.[step] === 0) continue;
    for (let feature = 0; feature < width; feature++) {
      const k = step * width + feature;
      // What is not finite is named by the step that meets it.
      if (observed?.[k] === 0 || !Number.isFinite(input[k])) continue;
      squares[feature]! += input[k]! ** 2;
      counts[feature]!++;
    }
  }
  const sizes = Array.from(squares, (sum, feature) =>
    counts[feature] ? Math.sqrt(sum / counts[feature]!) : 0,
  );
  const largest = sizes.indexOf(Math.max(...sizes));
  const size0 = sizes[largest]!;
  // A feature that is constant is zero when scaled, so only all of them together can be too small.
  if (size0 <= most && (size0 >= least || size0 === 0)) return undefined;
  return (
    `The data seem not to be scaled: the values of \`${features[largest]}\` are about ${size0.toPrecision(2)}` +
    `${size0 < least ? ', and no feature has larger ones' : ''}. An LSTM learns from values about 1: scale the series with ` +
    '`fitScaler` and `scale`.'
  );
}
