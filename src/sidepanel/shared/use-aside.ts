import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface Aside<Name extends string> {
  /** What stands in the place of the row; nothing while the row itself is shown. */
  readonly aside: Name | undefined;
  readonly open: (name: Name) => void;
  readonly close: () => void;
  /** For the control of the row that gets the focus back. */
  readonly returnTo: RefObject<HTMLButtonElement | null>;
}

/** Lets something stand in the place of a row for a while, such as a question. Afterwards the keyboard finds itself in the row again. */
export function useAside<Name extends string>(): Aside<Name> {
  const [aside, setAside] = useState<Name | undefined>();
  const returnTo = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !aside) returnTo.current?.focus();
    wasOpen.current = aside !== undefined;
  }, [aside]);
  return { aside, open: setAside, close: () => setAside(undefined), returnTo };
}
