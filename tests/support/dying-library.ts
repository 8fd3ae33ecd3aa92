import type { Library } from '../../src/storage/schema';

const never = new Promise<never>(() => {});
const deadStore: object = new Proxy({}, { get: (_, property) => () => (property === 'index' ? deadStore : never) });
const deadTransaction = { done: never, store: deadStore, objectStore: () => deadStore, addEventListener: () => {} };

/** The library of a worker that dies after so many transactions that write: what it began then is never heard of again. */
export function dyingLibrary(library: Library, writesLeft: number): { dying: Library; dead: Promise<void> } {
  let left = writesLeft;
  let die = () => {};
  const dead = new Promise<void>((resolve) => {
    die = resolve;
  });
  const dying = new Proxy(library, {
    get(target, property) {
      const value = Reflect.get(target, property) as unknown;
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const writes = property === 'put' || (property === 'transaction' && args[1] === 'readwrite');
        if (!writes || left-- > 0) return (value as (...args: unknown[]) => unknown).apply(target, args);
        die();
        return property === 'put' ? never : deadTransaction;
      };
    },
  });
  return { dying, dead };
}
