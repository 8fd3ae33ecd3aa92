import { useEffect, useState } from 'preact/hooks';

const loaded = new Map<() => Promise<unknown>, unknown>();

/**
 * A module that is only loaded where something needs it.
 * @param load the same function each time: what it loads is loaded once
 * @returns nothing until it is there, and ever if it cannot be had
 */
export function useLoaded<Module extends object>(load: () => Promise<Module>): Module | undefined {
  const [, setLoaded] = useState(loaded.has(load));
  useEffect(() => {
    if (loaded.has(load)) return;
    let isWanted = true;
    load().then(
      (module) => {
        loaded.set(load, module);
        if (isWanted) setLoaded(true);
      },
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [load]);
  return loaded.get(load) as Module | undefined;
}
