import type { AssistantId } from '../../core/assistants/assistant';
import type { ConversationId } from '../../core/conversation/conversation';
import type { ChosenScope } from '../../core/search/chosen-scope';

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

type ScopeDraft = NonNullable<QuestionDraft['scope']>;

const textPrefix = 'draft:';
const scopePrefix = 'draft-scope:';
const newConversation = 'new';
/**
 * Of more, the oldest go. Scopes count for themselves: 50,000 pages that were chosen are 2,000,000 characters, and texts must not give way to them. Local
 * storage takes 5,242,880 characters in all.
 */
export const draftLimits = { drafts: 50, characters: 1_000_000, scopeCharacters: 2_000_000 } as const;

/**
 * Each draft has keys of its own in the memory: panels of other windows write theirs beside it. Its scope, which can be long, has another than what is typed,
 * and is written only when it is another.
 */
export function createDraftStore(memory: DraftMemory, now: () => number): DraftStore {
  /** What this panel last read or wrote under a key. */
  const known = new Map<string, string>();
  let knownScope: { readonly key: string; readonly scope: ScopeDraft } | undefined;

  const nameOf = (id: ConversationId | undefined) => id ?? newConversation;
  const keys = (prefix: string) =>
    Array.from({ length: memory.length }, (_, index) => memory.key(index) ?? '').filter((key) => key.startsWith(prefix));

  const read = (key: string) => {
    const kept = memory.getItem(key);
    if (kept === null) known.delete(key);
    else known.set(key, kept);
    return kept;
  };
  const write = (key: string, content: object) => {
    const kept = JSON.stringify({ ...content, writtenAt: now() });
    memory.setItem(key, kept);
    known.set(key, kept);
  };
  /** What another panel has written meanwhile stays. */
  const remove = (key: string) => {
    if (known.has(key) && memory.getItem(key) === known.get(key)) memory.removeItem(key);
    known.delete(key);
  };

  /** @param written was written last, and stays, however long it is */
  const makeRoom = (prefix: string, written: string, mostCharacters: number) => {
    const lengthOf = (key: string) => memory.getItem(key)?.length ?? 0;
    const others = keys(prefix).filter((key) => key !== written);
    let characters = lengthOf(written);
    if (others.length < draftLimits.drafts && others.reduce((sum, key) => sum + lengthOf(key), characters) <= mostCharacters) return;
    const byAge = others
      .map((key) => ({ key, writtenAt: writtenAtOf(memory.getItem(key)) }))
      .sort((one, other) => other.writtenAt - one.writtenAt);
    for (const [index, { key }] of byAge.entries()) {
      characters += lengthOf(key);
      if (index + 1 >= draftLimits.drafts || characters > mostCharacters) memory.removeItem(key);
    }
  };

  const writeText = (key: string, draft: Omit<QuestionDraft, 'scope'>) => {
    if (Object.keys(draft).length === 0) return remove(key);
    write(key, { draft });
    makeRoom(textPrefix, key, draftLimits.characters);
  };

  const writeScope = (key: string, scope: ScopeDraft | undefined) => {
    if (knownScope?.key === key && knownScope.scope === scope) return;
    knownScope = scope && { key, scope };
    // A longer one lasts as long as it is in view: else it would leave no room for what is typed.
    if (!scope || JSON.stringify(scope).length > draftLimits.scopeCharacters) return remove(key);
    write(key, { scope });
    makeRoom(scopePrefix, key, draftLimits.scopeCharacters);
  };

  return {
    read(id) {
      const scopeKey = scopePrefix + nameOf(id);
      const scope = readScope(read(scopeKey));
      knownScope = scope && { key: scopeKey, scope };
      return { ...readText(read(textPrefix + nameOf(id))), ...(scope ? { scope } : {}) };
    },
    write(id, { scope, ...text }) {
      writeText(textPrefix + nameOf(id), text);
      writeScope(scopePrefix + nameOf(id), scope);
    },
    keepOnly(ids) {
      const wanted = new Set([newConversation, ...ids]);
      for (const prefix of [textPrefix, scopePrefix]) {
        for (const key of keys(prefix)) if (!wanted.has(key.slice(prefix.length))) memory.removeItem(key);
      }
    },
  };
}

/** What was kept by an earlier version, or is damaged, is as if nothing had been. */
function readText(kept: string | null): Omit<QuestionDraft, 'scope'> {
  try {
    const { draft } = JSON.parse(kept ?? '') as { readonly draft: QuestionDraft };
    const { text, assistantId } = draft;
    return {
      ...(typeof text === 'string' ? { text } : {}),
      ...(typeof assistantId === 'string' || assistantId === null ? { assistantId } : {}),
    };
  } catch {
    return {};
  }
}

function readScope(kept: string | null): ScopeDraft | undefined {
  try {
    const { scope } = JSON.parse(kept ?? '') as { readonly scope: ScopeDraft };
    return isChosen(scope.chosen) ? { chosen: scope.chosen, mayBeOwn: scope.mayBeOwn === true } : undefined;
  } catch {
    return undefined;
  }
}

/** In milliseconds since 1970. */
function writtenAtOf(kept: string | null): number {
  try {
    return Number((JSON.parse(kept ?? '') as { readonly writtenAt: unknown }).writtenAt) || 0;
  } catch {
    return 0;
  }
}

function isChosen(chosen: ChosenScope | undefined): chosen is ChosenScope {
  return chosen?.kind === 'page' || chosen?.kind === 'tabs' || (chosen?.kind === 'library' && typeof chosen.scope === 'object');
}
