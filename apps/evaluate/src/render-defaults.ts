import { tableRow, tableRule } from './figure-text.ts';

const kinds = [
  [
    '`reconstruct`, `sequence`',
    'their error',
    'standardised, from 0, prior of 50 rows; `gaussian` from 16 features that hardly move together',
    'a residual belongs at 0, and few rows tell too little of a spread; ties that must hold are worth more than spreads where there are many',
  ],
  ['`predict`', 'the error of the prediction', 'the same', 'residuals of the same nature, in the same units'],
  [
    '`composite`',
    'both errors, each divided by its calibration mean, their product',
    'the same for each',
    'either head may miss what the other sees; a product needs no weights (AER)',
  ],
  [
    '`latentTarget`',
    'the error of its output',
    'standardised, from the mean',
    'latent units have no scale that a prior could be of',
  ],
  [
    '`encoder`, `classifier`',
    'the latent vector',
    '`gaussian`, from the mean',
    'what is unusual of a vector is how its numbers go together',
  ],
  [
    'any with `variance`',
    'the likelihood',
    '`likelihood`',
    'the network tells the spread of each row itself',
  ],
] as const;

/** Tells the default scorer and threshold of each kind of model, with the reason. */
export function renderDefaults(): string[] {
  return [
    '',
    '## Defaults by kind of model',
    '',
    'All are smoothed over past rows, with a half-life of half a window for one feature and less for several, which smooth',
    'each other. All have one threshold: the quantile 0.99 of the calibration rows, raised by its distance from the median times',
    'three standard errors of the number of rows beyond it; two where many loose features are scored by the Mahalanobis distance,',
    'whose tail is light.',
    '',
    tableRow(['kind', 'rows are scored by', 'scorer', 'because']),
    tableRule(4),
    ...kinds.map(tableRow),
  ];
}
