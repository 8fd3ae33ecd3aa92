import type { Library } from './schema';

/**
 * What is held in memory of a library, made when it is first wanted. Another connection begins with nothing: the library behind it may be a new one, in
 * which ids and numbers begin again.
 */
export function perLibrary<Held>(make: () => Held): (library: Library) => Held {
  const byLibrary = new WeakMap<Library, Held>();
  return (library) => {
    const held = byLibrary.get(library) ?? make();
    byLibrary.set(library, held);
    return held;
  };
}
