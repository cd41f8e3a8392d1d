const STATIC = /^(?:import|export)\s+(?:type\s+)?(?:[\w$*{}\s,]+?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /^(?!\s*(?:\*|\/\/)).*?\bimport\s*\(\s*(?:\/\*.*?\*\/\s*)?['"]([^'"]+)['"]/gm;

/**
 * Lists the modules that a source text imports or re-exports from, dynamic imports of a literal included, each
 * once.
 *
 * It goes by the layout that the formatter enforces, a statement beginning its line, and so needs no parser; a
 * template literal with an import at the start of a line would be listed too.
 */
export function importsOf(source: string): string[] {
  return [...new Set([...source.matchAll(STATIC), ...source.matchAll(DYNAMIC)].map((match) => match[1]!))];
}

/** Returns the package of an import, `@scope/name` or `name`; undefined of a path, a `node:` or an own `#` import. */
export function packageOf(specifier: string): string | undefined {
  if (/^(\.|#|node:)/.test(specifier)) return undefined;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
