import { expect, test } from 'vitest';
import { emptyOut } from '../../../scripts/vite/empty-out';

const library = `class Base {}
class Picture extends Base {
  #size = 1;
  static decode(bytes) { return bytes; }
  static get known() { return true; }
  draw() { return this.#measure(); }
  #measure() { return this.#size; }
}
function paint() { return new Picture(); }
{
  globalThis.testing = { paint };
}
globalThis.library = { Picture };
`;

const emptied = (...names: string[]) => emptyOut(library, names);

test('an emptied class keeps the names of its static methods, for they are called in passing', () => {
  expect(emptied('Picture')).toContain('class Picture { static decode() {} }\nfunction paint');
});

test('methods, private ones too, and functions are emptied by themselves', () => {
  const left = emptied('Picture.draw', 'Picture.#measure', 'Picture.known', 'paint');
  expect(left).toContain('draw() {}\n  #measure() {}\n}\nfunction paint() {}');
  expect(left).toContain('static get known() {}');
  expect(left).toContain('static decode(bytes) { return bytes; }');
});

test('what is given to everyone is taken away, also within a block', () => {
  const left = emptied('globalThis.library', 'globalThis.testing');
  expect(left).not.toContain('globalThis');
  expect(left).toContain('class Picture extends Base');
});

test('a name that is not there, or more than once, ends the build', () => {
  expect(() => emptied('Painting')).toThrow('Painting is not in the library');
  expect(() => emptied('Picture.paint')).toThrow('Picture.paint is not in the library');
  expect(() => emptyOut(`${library}{ function paint() {} }`, ['paint'])).toThrow('paint is more than once in the library');
});
