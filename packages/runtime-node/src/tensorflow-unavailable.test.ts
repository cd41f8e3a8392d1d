import { describe, expect, it } from 'vitest';
import { tensorflowUnavailable } from './tensorflow-unavailable.ts';

describe('tensorflowUnavailable(cause)', () => {
  it('says how to install the package where it is not there', () => {
    const cause = Object.assign(new Error("Cannot find package '@tensorflow/tfjs-node'"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    expect(tensorflowUnavailable(cause)).toMatchObject({
      code: 'RETRACE_TENSORFLOW_UNAVAILABLE',
      message: expect.stringMatching(
        /npm install .*@tensorflow\/tfjs-node@4\.22\.0.*retrace-node setup.*startWasm/,
      ),
      details: { installed: false, reason: "Cannot find package '@tensorflow/tfjs-node'" },
      cause,
    });
  });
  it('says how to install the addon where the package is there', () => {
    const cause = new Error('The Node.js native addon module can not be found. \nPlease run …');
    expect(tensorflowUnavailable(cause)).toMatchObject({
      message: expect.stringMatching(
        /can not be found\. Run `npx retrace-node setup`, or use `startWasm\(\)`/,
      ),
      details: { installed: true },
    });
  });
});
