import { describe, expect, it } from 'vitest';
import { selfContainedSvg } from './self-contained-svg.ts';

const svg = (content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${content}</svg>`;

describe('selfContainedSvg', () => {
  it('passes what only draws', () => {
    const drawing = svg('<style>.a{fill:url(#p)}</style><a href="#b"><text class="a">x &lt; y</text></a>');
    expect(selfContainedSvg('diagram', drawing)).toContain('x &lt; y');
    expect(selfContainedSvg('diagram', `<?xml version="1.0"?>\n${drawing}`)).toMatch(/^<svg /);
  });
  it.each([
    svg('<script>alert(1)</script>'),
    svg('<SCRIPT>alert(1)</SCRIPT>'),
    svg('<g onload="alert(1)"/>'),
    svg('<foreignObject><p/></foreignObject>'),
    svg('<image href="a.png"/>'),
    svg('<a href="https://example.org"/>'),
    svg('<use xlink:href="other.svg#a"/>'),
    svg('<style>@import "a.css"</style>'),
    svg('<rect style="fill:url(https://example.org/a)"/>'),
    '<p>not a drawing</p>',
    'text',
    '',
    undefined as unknown as string,
  ])('refuses %s', (document) => {
    expect(() => selfContainedSvg('diagram', document)).toThrow(/`diagram` must be an SVG document/);
  });
});
