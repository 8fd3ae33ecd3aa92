import type { Plugin } from 'vite';

/**
 * Puts off what each stemmer does when it is loaded: it fills tables of hundreds of endings. A worker that starts needs none of them, and a library in two
 * languages needs two of the two dozen.
 */
export function lazyStemmers(): Plugin {
  return {
    name: 'commonplace:lazy-stemmers',
    transform: {
      filter: { id: '**/@orama/stemmers/dist/*.js' },
      handler: (code, id) => ({ code: madeWhenCalled(code, id), map: null }),
    },
  };
}

/** The source of a stemmer that makes itself ready when it is called for the first time. @throws where it is not as such a source has been */
export function madeWhenCalled(code: string, id: string): string {
  const body = code.replace(/\bexport const language="\w+";?\s*(\/\/# .*)?$/, '').replace('export function stemmer(', 'function stemmer(');
  if (/\b(export|import)\b/.test(body) || !body.includes('function stemmer('))
    throw new Error(`The stemmers have changed: look through ${id}.`);
  return `let made;
function make() { ${body}; return stemmer; }
export function stemmer(word) { return (made ??= make())(word); }
`;
}
