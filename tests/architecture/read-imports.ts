import { posix } from 'node:path';

export interface Import {
  /** As written, such as `../core/page` or `idb`. */
  readonly specifier: string;
  /** For a relative import, the path it leads to, without extension or query: `src/core/page`. */
  readonly path?: string;
}

// The formatter sees to it that a statement starts its line and that specifiers stand in single quotes.
const importForms = [/^(?:import|export)\b[^;'"]*?\bfrom\s+'([^']+)'/gm, /^import\s+'([^']+)'/gm, /\bimport\(\s*'([^']+)'/g];

/**
 * Every module that a source file names, imported as types or values, statically or not.
 * @param path of the file, such as `src/core/pages/page.ts`
 */
export function readImports(path: string, source: string): Import[] {
  const code = withoutComments(source);
  return importForms
    .flatMap((form) => [...code.matchAll(form)])
    .map(([, specifier = '']) => {
      if (!specifier.startsWith('.')) return { specifier };
      const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''));
      return { specifier, path: withoutExtension(target) };
    });
}

export function withoutExtension(path: string): string {
  return path.replace(/\.tsx?$/, '');
}

/** Strings are matched first, so that the `//` of an address does not begin a comment. */
export function withoutComments(source: string): string {
  const stringsAndComments = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
  return source.replace(stringsAndComments, (match) => (match.startsWith('/') ? '' : match));
}
