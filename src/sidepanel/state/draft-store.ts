import type { AssistantId } from '../../core/assistant';
import type { ChosenScope } from '../../core/chosen-scope';
import type { ConversationId } from '../../core/conversation';

/** What stands ready for the next question of a conversation. */
export interface QuestionDraft {
  readonly text?: string;
  readonly scope?: { readonly chosen: ChosenScope; readonly mayBeOwn: boolean };
  /** Who is to answer; null: no assistant. */
  readonly assistantId?: AssistantId | null;
}

export type DraftMemory = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** The drafts of all conversations, over closing the panel; that of a conversation that does not exist yet has no id. */
export interface DraftStore {
  read(id: ConversationId | undefined): QuestionDraft;
  write(id: ConversationId | undefined, draft: QuestionDraft): void;
  /** Forgets those of all other conversations. */
  keepOnly(ids: ReadonlySet<ConversationId>): void;
}

interface Kept {
  readonly draft: QuestionDraft;
  /** In milliseconds since 1970. */
  readonly writtenAt: number;
}

const prefix = 'draft:';
const newConversation = 'new';
/** Of more, the oldest go. */
export const draftLimits = { drafts: 50, characters: 1_000_000 } as const;

/** Each draft has a key of its own in the memory: panels of other windows write theirs beside it. */
export function createDraftStore(memory: DraftMemory, now: () => number): DraftStore {
  const keyOf = (id: ConversationId | undefined) => `${prefix}${id ?? newConversation}`;
  const keys = () => Array.from({ length: memory.length }, (_, index) => memory.key(index) ?? '').filter((key) => key.startsWith(prefix));

  /** @param written was written last, and stays, however long it is */
  const makeRoom = (written: string) => {
    const others = keys()
      .filter((key) => key !== written)
      .map((key) => ({ key, characters: memory.getItem(key)?.length ?? 0, writtenAt: readKept(memory.getItem(key))?.writtenAt ?? 0 }))
      .sort((one, other) => other.writtenAt - one.writtenAt);
    let characters = memory.getItem(written)?.length ?? 0;
    for (const [index, one] of others.entries()) {
      characters += one.characters;
      if (index + 1 >= draftLimits.drafts || characters > draftLimits.characters) memory.removeItem(one.key);
    }
  };

  return {
    read: (id) => readKept(memory.getItem(keyOf(id)))?.draft ?? {},
    write(id, draft) {
      if (Object.keys(draft).length === 0) return memory.removeItem(keyOf(id));
      const kept: Kept = { draft, writtenAt: now() };
      memory.setItem(keyOf(id), JSON.stringify(kept));
      makeRoom(keyOf(id));
    },
    keepOnly(ids) {
      const wanted = new Set([newConversation, ...ids].map((id) => prefix + id));
      for (const key of keys()) if (!wanted.has(key)) memory.removeItem(key);
    },
  };
}

/** What was kept by an earlier version, or is damaged, is as if nothing had been. */
function readKept(kept: string | null): Kept | undefined {
  try {
    const { draft, writtenAt } = JSON.parse(kept ?? '') as Kept;
    const { text, scope, assistantId } = draft;
    return {
      draft: {
        ...(typeof text === 'string' ? { text } : {}),
        ...(scope && isChosen(scope.chosen) ? { scope: { chosen: scope.chosen, mayBeOwn: scope.mayBeOwn === true } } : {}),
        ...(typeof assistantId === 'string' || assistantId === null ? { assistantId } : {}),
      },
      writtenAt: Number(writtenAt) || 0,
    };
  } catch {
    return undefined;
  }
}

function isChosen(chosen: ChosenScope | undefined): chosen is ChosenScope {
  return chosen?.kind === 'page' || chosen?.kind === 'tabs' || (chosen?.kind === 'library' && typeof chosen.scope === 'object');
}
