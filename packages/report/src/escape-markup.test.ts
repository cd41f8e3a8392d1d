import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markupFaults } from '../fixtures/well-formed.ts';
import { escapeMarkup } from './escape-markup.ts';

describe('escapeMarkup', () => {
  it('escapes what has a meaning in markup', () => {
    expect(escapeMarkup(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
  });
  it('replaces what HTML and XML cannot both carry, and nothing else', () => {
    expect(escapeMarkup('a\u0000b\u001Bc\uD800d\uFFFEe\u007F\u0085\u009F')).toBe(
      'a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFD\uFFFD\uFFFD',
    );
    expect(escapeMarkup('~\u00A0')).toBe('~\u00A0');
    expect(escapeMarkup('flow 流量 😀\t°C')).toBe('flow 流量 😀\t°C');
  });
  it('of any text is well-formed as content and as an attribute', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
        (text) => {
          const escaped = escapeMarkup(text);
          expect(markupFaults(`<a b="${escaped}">${escaped}</a>`)).toEqual([]);
        },
      ),
    );
  });
});
