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
  open(start: AssistantDraft): void;
  change(part: Partial<AssistantDraft>): void;
  close(): void;
}

const memoryKey = 'written-assistant';

/** @param memory keeps it, over another view and closing the panel, until it is saved or given up */
export function createWrittenAssistant(memory: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): WrittenAssistant {
  const current = signal<Written | undefined>(readWritten(memory.getItem(memoryKey)));
  const keep = (written: Written) => {
    current.value = written;
    memory.setItem(memoryKey, JSON.stringify(written));
  };
  return {
    current,
    open: (start) => keep({ draft: start, start }),
    change(part) {
      if (current.value) keep({ ...current.value, draft: { ...current.value.draft, ...part } });
    },
    close() {
      current.value = undefined;
      memory.removeItem(memoryKey);
    },
  };
}

/** What is damaged is as if nothing had been kept; what an earlier version did not know is blank. */
function readWritten(kept: string | null): Written | undefined {
  try {
    const { draft, start } = JSON.parse(kept ?? '') as Written;
    return { draft: completed(draft), start: completed(start) };
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
