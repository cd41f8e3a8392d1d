import { isRetraceError } from '@retrace/errors';
import { RecordParser } from './record-parser.ts';

/** The delimiters that are looked for, the most telling first: a comma may also be the decimal mark of a `;` file. */
const CANDIDATES = ['\t', ';', '|', ','] as const;

const RECORDS = 20;

/**
 * Guesses the delimiter of a CSV text from its beginning: the first candidate that splits every record alike, the
 * first record aside (it may lack a name); failing that, the one that splits the first record into most fields.
 * A text that none splits has one column, for which any delimiter does.
 *
 * @param complete Whether `sample` is the whole text, so that its last record counts.
 */
export function detectDelimiter(file: string, sample: string, complete: boolean): string {
  const counts = CANDIDATES.map((delimiter) => countFields(file, sample, complete, delimiter));
  const even = counts.findIndex(
    ([first = 1, ...rest]) => first > 1 && rest.every((count) => count === (rest[0] ?? first) && count > 1),
  );
  if (even >= 0) return CANDIDATES[even]!;
  const widths = counts.map(([first = 1]) => first);
  const widest = Math.max(...widths);
  return widest > 1 ? CANDIDATES[widths.indexOf(widest)]! : ',';
}

/** The number of fields of each of the first records; none where quotes do not fit the delimiter. */
function countFields(file: string, sample: string, complete: boolean, delimiter: string): number[] {
  const parser = new RecordParser({ file, delimiter, lineLength: sample.length });
  try {
    const records = [...parser.push(sample), ...(complete ? parser.end() : [])];
    return records.flatMap(({ fields }) => (fields.length > 0 ? [fields.length] : [])).slice(0, RECORDS);
  } catch (error) {
    if (isRetraceError(error)) return [];
    throw error;
  }
}
