import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { asScript, mustFollowTheirImports, withParts } from '../../../scripts/vite/classic-worker';
import { exportsThatChange } from '../../../scripts/vite/exports-that-change';

const part = 'const a="one";function b(){return a+a}export{b as n,a as t};';
const other = 'import{n as e}from"./part.js";import"./part.js";var x=e();export{x as "odd name"};';

/** What a script leaves in the global scope when it is run after others. */
function run(...scripts: readonly string[]): Record<string, unknown> {
  const scope: Record<string, unknown> = {};
  for (const script of scripts) runInNewContext(script, scope);
  return scope;
}

test('a script gives what the module exported, and takes what it imported from the script before', () => {
  const last = 'import{"odd name"as y}from"./other.js";globalThis.seen=y;';
  expect(run(asScript('assets/part.js', part), asScript('assets/other.js', other), asScript('last.js', last)).seen).toBe('oneone');
});

test('nothing of a script gets into the global scope but the table, and it is as strict as the module was', () => {
  const scope = run(asScript('assets/part.js', `${part}globalThis.wasStrict=(function(){return this===undefined})();`));
  expect(Object.keys(scope).sort()).toEqual(['commonplaceParts', 'wasStrict']);
  expect(scope.wasStrict).toBe(true);
});

test('a page loads all that a script needs, in order, before it takes anything from it', () => {
  const needed = new Map([['assets/other.js', ['assets/part.js', 'assets/other.js']]]);
  expect(withParts('import{n as x}from"./other.js";import{y}from"./mine.js";x(y)', needed)).toBe(
    'import"./part.js";import"./other.js";const{n:x}=commonplaceParts.other;import{y}from"./mine.js";x(y)',
  );
});

test('what cannot be said of a script ends the build', () => {
  expect(() => asScript('a.js', 'export default 1')).toThrow(/exports in a way/);
  expect(() => asScript('a.js', 'export*from"./b.js"')).toThrow(/exports in a way/);
  expect(() => asScript('a.js', 'import*as b from"./b.js"')).toThrow(/imported whole/);
  expect(() => withParts('export{x}from"./b.js"', new Map([['b.js', ['b.js']]]))).toThrow(/would be lost/);
});

test('parts that import each other end the build, for neither could be the first', () => {
  const [a, b] = [
    { fileName: 'a.js', imports: ['b.js', 'elsewhere.js'] },
    { fileName: 'b.js', imports: [] },
  ];
  expect(() => mustFollowTheirImports([b, a])).not.toThrow();
  expect(() => mustFollowTheirImports([{ ...b, imports: ['a.js'] }, a])).toThrow(/b\.js imports a\.js/);
});

test('a variable that is exported and changes is noticed, and no other', () => {
  expect(exportsThatChange('export let a=1;let b=2;export{b};function f(){a=2;b++}')).toEqual(['a', 'b']);
  expect(exportsThatChange('export let{a,b,c,d,e}=g();[a,{x:b=1,...c}]=f();for(d of f());for(const{e}of f());')).toEqual([
    'a',
    'b',
    'c',
    'd',
  ]);
  expect(exportsThatChange('export let a=1;let b=2;export const c={};function f(){b=1;c.d=2}')).toEqual([]);
});
