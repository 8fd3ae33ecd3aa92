import { type ReadonlySignal, signal } from '@preact/signals';
import { type AssistantDraft, blankDraft } from './assistant-draft';

interface Written {
  readonly draft: AssistantDraft;
  /** As it was before anything was changed. */
  readonly start: AssistantDraft;
}

/** The assistant that is in the form. */
export interface WrittenAssistant {
  /** Nothing while no form is open. */
  readonly current: ReadonlySignal<Written | undefined>;
  /** With what was written of it already and neither saved nor given up. */
  open(start: AssistantDraft): void;
  change(part: Partial<AssistantDraft>): void;
  close(): void;
}

export type WrittenMemory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

interface Kept extends Written {
  /** In milliseconds since 1970. */
  readonly writtenAt: number;
}

const prefix = 'written-assistant:';

/** @param memory keeps each that is written, over another view and closing the panel, until it is saved or given up; the one written last is opened again */
export function createWrittenAssistant(memory: WrittenMemory, now: () => number): WrittenAssistant {
  const keys = Array.from({ length: memory.length }, (_, index) => memory.key(index) ?? '').filter((key) => key.startsWith(prefix));
  const [last] = keys
    .flatMap((key) => {
      const json = memory.getItem(key);
      const written = readWritten(json);
      return written ? [{ json, written }] : [];
    })
    .sort((one, other) => other.written.writtenAt - one.written.writtenAt);
  const current = signal<Written | undefined>(last?.written);
  /** What this panel last read or wrote of it. */
  let known = last?.json;
  const keyOf = ({ start }: Written) => prefix + start.id;
  const keep = ({ draft, start }: Written) => {
    current.value = { draft, start };
    known = JSON.stringify({ draft, start, writtenAt: now() });
    memory.setItem(keyOf({ draft, start }), known);
  };
  return {
    current,
    open(start) {
      const kept = readWritten(memory.getItem(prefix + start.id));
      // A form in which nothing was changed may show what the assistant no longer is.
      const isChanged = kept !== undefined && JSON.stringify(kept.draft) !== JSON.stringify(kept.start);
      keep({ draft: isChanged ? kept.draft : start, start });
    },
    change(part) {
      if (current.value) keep({ ...current.value, draft: { ...current.value.draft, ...part } });
    },
    close() {
      const written = current.value;
      current.value = undefined;
      // What another panel has written of the same assistant meanwhile stays.
      if (written && memory.getItem(keyOf(written)) === known) memory.removeItem(keyOf(written));
    },
  };
}

/** What is damaged is as if nothing had been kept; what an earlier version did not know is blank. */
function readWritten(kept: string | null): Kept | undefined {
  try {
    const { draft, start, writtenAt } = JSON.parse(kept ?? '') as Kept;
    return { draft: completed(draft), start: completed(start), writtenAt: Number(writtenAt) || 0 };
  } catch {
    return undefined;
  }
}

function completed(kept: AssistantDraft): AssistantDraft {
  const draft = { ...blankDraft, ...kept };
  const isSound = Object.entries(blankDraft).every(([name, blank]) => typeof draft[name as keyof AssistantDraft] === typeof blank);
  if (!isSound || typeof draft.id !== 'string') throw new TypeError('It is no draft.');
  return draft;
}
