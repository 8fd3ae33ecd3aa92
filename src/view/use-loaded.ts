import { useEffect, useState } from 'preact/hooks';

const loaded = new Map<() => Promise<unknown>, unknown>();

/** Loads what will soon be needed, so that it is there at once. What fails to load is tried again when it is needed. @returns when it is there, or has failed */
export async function loadAhead(load: () => Promise<object>): Promise<void> {
  const module = await load().catch(() => undefined);
  if (module) loaded.set(load, module);
}

export interface Loaded<Module extends object> {
  /** Absent until it is there. */
  readonly module?: Module;
  /** It cannot be had, as from a damaged package: the browser does not try again while the document is open. */
  readonly hasFailed: boolean;
}

/**
 * A module that is only loaded where something needs it.
 * @param load the same function each time: what it loads is loaded once
 */
export function useLoaded<Module extends object>(load: () => Promise<Module>): Loaded<Module> {
  const [, setLoaded] = useState(loaded.has(load));
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    if (loaded.has(load)) {
      // It may have come since this was drawn without it.
      setLoaded(true);
      return;
    }
    let isWanted = true;
    load().then(
      (module) => {
        loaded.set(load, module);
        if (isWanted) setLoaded(true);
      },
      () => {
        if (isWanted) setFailed(true);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [load]);
  const module = loaded.get(load) as Module | undefined;
  return { ...(module && { module }), hasFailed };
}
