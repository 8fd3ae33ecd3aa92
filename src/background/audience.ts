import type { LibraryEvent } from '../protocol/library-events';

/** The part of a browser's Port that is used here. */
export interface EventPort {
  postMessage(message: unknown): void;
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** The open panels. A panel that was open when the worker died connects again by itself, so nothing of this need be stored. */
export interface Audience {
  add(port: EventPort): void;
  tell(event: LibraryEvent): void;
  isThere(): boolean;
}

export function audience(): Audience {
  const ports = new Set<EventPort>();
  return {
    add(port) {
      ports.add(port);
      port.onDisconnect.addListener(() => ports.delete(port));
    },
    tell(event) {
      for (const port of ports) port.postMessage(event);
    },
    isThere: () => ports.size > 0,
  };
}
