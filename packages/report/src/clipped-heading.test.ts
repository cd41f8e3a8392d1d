import { describe, expect, it } from 'vitest';
import { clippedHeading } from './clipped-heading.ts';
import { textWidth } from './text-width.ts';

describe('clippedHeading', () => {
  it('writes a short text whole', () => {
    expect(clippedHeading('a < b', { y: 15, width: 300 })).toBe(
      '<text class="rt-heading" y="15" text-anchor="start">a &lt; b</text>',
    );
  });
  it.each(['vibration '.repeat(20), '流量'.repeat(40), '😀'.repeat(40)])(
    'shortens %s and keeps the whole as its tooltip',
    (text) => {
      const markup = clippedHeading(text, { y: 15, width: 300 });
      const [, tooltip, shown] = /<title>(.*)<\/title>(.*)…<\/text>/u.exec(markup)!;
      expect(tooltip).toBe(text);
      expect(text.startsWith(shown!)).toBe(true);
      expect(textWidth(shown!)).toBeLessThan(300);
      expect(textWidth(shown!)).toBeGreaterThan(200);
    },
  );
});
