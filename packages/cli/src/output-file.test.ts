import { afterAll, describe, expect, it } from 'vitest';
import { scratchFolder } from '../fixtures/scratch-folder.ts';
import { prepareOutput } from './output-file.ts';

const folder = scratchFolder();
afterAll(() => folder.remove());
const at = (name: string) => `${folder.path}/${name}`;

describe('prepareOutput', () => {
  it('writes nothing before `write`, then text, bytes or pieces', async () => {
    const contents = ['ü', Uint8Array.of(195, 188), ['\u00FC', '']] as const;
    for (const [index, content] of contents.entries()) {
      const output = await prepareOutput(at(`out-${index}`), { inputs: [] });
      expect(folder.list()).not.toContain(`out-${index}`);
      await output.write(content);
      expect(folder.text(`out-${index}`)).toBe('ü');
    }
  });

  it('leaves the old file, and no other, where writing fails half way', async () => {
    folder.write('old', 'old');
    const output = await prepareOutput(at('old'), { inputs: [], force: true });
    const before = folder.list();
    function* pieces() {
      yield 'new';
      throw new Error('no more');
    }
    await expect(output.write(pieces())).rejects.toThrow('no more');
    expect(folder.list()).toEqual(before);
    expect(folder.text('old')).toBe('old');
  });

  it('does not replace a file that came meanwhile', async () => {
    const output = await prepareOutput(at('late'), { inputs: [] });
    folder.write('late', 'theirs');
    await expect(output.write('ours')).rejects.toMatchObject({ code: 'RETRACE_OUTPUT_EXISTS' });
    expect(folder.text('late')).toBe('theirs');
  });

  it('tells a folder that went meanwhile', async () => {
    const gone = scratchFolder();
    const output = await prepareOutput(`${gone.path}/x`, { inputs: [] });
    gone.remove();
    await expect(output.write('text')).rejects.toMatchObject({
      code: 'RETRACE_OUTPUT',
      message: expect.stringContaining('its folder does not exist'),
    });
  });
});
