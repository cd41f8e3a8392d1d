import { argumentError } from '@retrace/errors';
import { DOMParser } from 'linkedom';

const refused = /^(script|foreignobject|iframe|image|feimage|audio|video)$/i;
const outsideUrl = /@import|url\(\s*["']?(?!#)/i;

/**
 * Parses an SVG document and writes it again, so that it is well-formed inside a page.
 *
 * @throws `RETRACE_INVALID_ARGUMENT` if it is not one `<svg>` element, or could run a script or load something.
 */
export function selfContainedSvg(argument: string, svg: string): string {
  const expected = 'an SVG document without scripts and outside references';
  if (typeof svg !== 'string' || !svg.trimStart().startsWith('<'))
    throw argumentError(argument, expected, svg);
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (root?.localName !== 'svg' || ![root, ...root.querySelectorAll('*')].every(isPassive)) {
    throw argumentError(argument, expected, svg);
  }
  return root.outerHTML;
}

function isPassive(element: Element): boolean {
  if (refused.test(element.localName)) return false;
  if (element.localName === 'style' && outsideUrl.test(element.textContent ?? '')) return false;
  return [...element.attributes].every(
    ({ name, value }) =>
      !/^on/i.test(name) &&
      !outsideUrl.test(value) &&
      (!/(^|:)(href|src)$/i.test(name) || value.startsWith('#')),
  );
}
