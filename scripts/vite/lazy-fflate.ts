import type { Plugin } from 'vite';

/** Puts off what fflate does when it is loaded: it fills tables of some hundred thousand numbers, and a worker that starts packs and unpacks nothing. */
export function lazyFflate(): Plugin {
  return {
    name: 'commonplace:lazy-fflate',
    transform: {
      filter: { id: '**/fflate/esm/browser.js' },
      handler: (code) => ({ code: withLaterTables(code), map: null }),
    },
  };
}

/** What is filled, as it stands in the source: from the lengths and distances to the table of reversed numbers, and the trees made of these. */
const first = /^var _a = freb\(fleb, 2\)[\s\S]*?^var rev = new u16\(32768\);\n[\s\S]*?^}\n/m;
const trees = /^var (f[ld]m) = \/\*#__PURE__\*\/ (hMap\(.*\)), (f[ld]rm) = (?:\/\*#__PURE__\*\/ )?(hMap\(.*\));$/gm;
/** What inflates and what deflates: nothing else looks into the tables. */
const entries = /^var (?:inflt|dflt) = function \(.*\) {$/gm;

/** The source of fflate that fills its tables before it packs or unpacks for the first time. @throws where it is not as such a source has been */
export function withLaterTables(code: string): string {
  const filling = first.exec(code)?.[0];
  const made = [...code.matchAll(trees)];
  if (!filling || made.length !== 2 || [...code.matchAll(entries)].length !== 2)
    throw new Error('fflate has changed: look through scripts/vite/lazy-fflate.ts.');
  const names = ['fl', 'revfl', 'fd', 'revfd', 'rev', ...made.flatMap(([, one = '', , other = '']) => [one, other])];
  const trunk = made.map(([, one, makeOne, other, makeOther]) => `${one} = ${makeOne}; ${other} = ${makeOther};`).join('\n');
  const later = filling
    .replace(/^var (_[ab] = .*), (\w+ = _[ab]\.b), (\w+ = _[ab]\.r);$/gm, 'var $1; $2; $3;')
    .replace('var rev = ', 'rev = ');
  return code
    .replace(filling, () => `var ${names.join()};\nfunction fillTables() { if (rev) return;\n${later}${trunk}\n}\n`)
    .replace(trees, '')
    .replace(entries, '$&\n fillTables();');
}
