import type { Reporter } from 'vitest/node';
import { requirements } from './requirements.ts';

/** Ends a test run by naming what this machine could not run and what adds it; with `CI` set, such a gap is a failure. */
export class GapsReporter implements Reporter {
  onTestRunEnd(): void {
    const gaps = Object.values(requirements).filter((requirement) => !requirement.find());
    for (const { tests, remedy } of gaps) {
      console.log(`Not run here: ${tests}. To add them: ${remedy}.`);
    }
    if (gaps.length > 0 && process.env.CI) {
      console.log('In CI this is a failure.');
      process.exitCode = 1;
    }
  }
}
