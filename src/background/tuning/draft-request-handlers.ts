import type { Assistant, AssistantId } from '../../core/assistants/assistant';
import type { Cost, TokensUsed } from '../../core/models/model-prices';
import { ProblemError } from '../../core/problem';
import { passesCap, type SpentOfCap } from '../../core/spending/spending-settings';
import { draftingTokens } from '../../core/tuning/drafts/draft-prompt';
import { type DraftRunId, draftsOfPage, isDoubtful } from '../../core/tuning/drafts/example-draft';
import type { TuningExample } from '../../core/tuning/example';
import type { ExampleId } from '../../core/tuning/stored-example';
import type { ChatModel } from '../../models/chat-model';
import { type DraftRequests, mostDraftedPages } from '../../protocol/draft-requests';
import type { Handlers } from '../../protocol/handle';
import { entriesInScope } from '../../storage/pages/passages-in-scope';
import type { Library } from '../../storage/schema';
import {
  countDraftsOfPage,
  decideDrafts,
  deleteDecidedDrafts,
  listDrafts,
  putDraftsOfPage,
  readDraft,
  undecideLastDrafts,
} from '../../storage/tuning/example-drafts';
import { attempt } from '../answer/attempt';
import { listAssistants } from '../assistant-requests';
import { draftFromPage, draftingOrder, readDraftedPage } from './draft-from-page';

export interface DraftRequestTools {
  readonly openLibrary: () => Promise<Library>;
  readonly builtInAssistants: () => readonly Assistant[];
  readonly chatModel: () => Promise<ChatModel | undefined>;
  /** What the model that is set reads and writes at most for one answer. */
  readonly contextTokens: () => Promise<number>;
  readonly costOf: (model: string, used: TokensUsed) => Promise<Cost>;
  readonly spentOfCap: () => Promise<SpentOfCap>;
  readonly keepAwake: <Value>(work: Promise<Value>) => Promise<Value>;
  /** Tells open panels that drafts are other than they were. */
  readonly draftsChanged: () => void;
  readonly examplesChanged: (id?: ExampleId) => void;
  readonly now: () => number;
  readonly newId: () => string;
  readonly newNonce: () => string;
}

/** What the worker answers to requests about pairs that a model drafts from pages. */
export function draftRequestHandlers(tools: DraftRequestTools): Handlers<DraftRequests, unknown> {
  const { openLibrary, now, newNonce } = tools;
  /** By page. A memory of who waits only: with the worker, the asking ends. */
  const drafting = new Map<string, { readonly run: DraftRunId; readonly stop: AbortController; readonly work: ReturnType<typeof draft> }>();

  const assistantOf = async (library: Library, id: AssistantId | undefined): Promise<Assistant | undefined> => {
    if (id === undefined) return undefined;
    const assistant = (await listAssistants(library, tools.builtInAssistants())).find((one) => one.id === id);
    if (!assistant) throw new ProblemError({ code: 'assistant-gone' });
    return assistant;
  };

  const draft = async (order: DraftRequests['drafts/draft']['data'], stop: AbortSignal) => {
    const { run, page, pageId, pairs, assistantId } = order;
    const library = await openLibrary();
    const known = await countDraftsOfPage(library, run, page);
    if (known > 0) return { drafted: known };
    const model = await tools.chatModel();
    if (!model) throw new ProblemError({ code: 'model-address-invalid' });
    if (model.name !== order.model) throw new ProblemError({ code: 'drafting-model-changed' });
    const wanted = { pairs, assistant: await assistantOf(library, assistantId) };
    const drafted = await readDraftedPage(library, pageId, pairs, await tools.contextTokens());
    if (drafted.passages.length === 0) throw new ProblemError({ code: 'page-empty' });
    const drafts = await draftFromPage(drafted, wanted, model, { nonce: newNonce(), now }, stop);
    if (!drafts) return null;
    const kept = await putDraftsOfPage(library, run, page, drafts);
    tools.draftsChanged();
    return { drafted: kept };
  };

  const changed = () => {
    tools.draftsChanged();
    tools.examplesChanged();
  };

  return {
    async 'drafts/price'({ scope, pairs, assistantId }) {
      const library = await openLibrary();
      const entries = (await entriesInScope(library, scope)).toSorted((one, other) => other.savedAt - one.savedAt);
      const pageIds = entries.slice(0, mostDraftedPages).map(({ id }) => id);
      const opened = await attempt(tools.chatModel);
      const model = 'value' in opened ? opened.value : undefined;
      const assistant = await assistantOf(library, assistantId);
      const contextTokens = await tools.contextTokens();
      let used: TokensUsed = { promptTokens: 0, completionTokens: 0 };
      for (const pageId of pageIds) {
        const page = await readDraftedPage(library, pageId, pairs, contextTokens);
        const tokens = draftingTokens(draftingOrder(page, { pairs, assistant }));
        used = {
          promptTokens: used.promptTokens + tokens.promptTokens,
          completionTokens: used.completionTokens + tokens.completionTokens,
        };
      }
      const cost: Cost = model ? await tools.costOf(model.name, used) : { kind: 'unknown' };
      const spent = await tools.spentOfCap();
      const wouldPass = cost.kind === 'known' && spent.capUsd !== undefined && passesCap(spent, cost.usd);
      return {
        pageIds,
        pagesInScope: entries.length,
        ...(model ? { model: model.name } : {}),
        cost,
        ...(wouldPass && spent.capUsd !== undefined
          ? { cap: { usd: spent.capUsd, leftUsd: Math.max(0, spent.capUsd - spent.spentUsd) } }
          : {}),
      };
    },
    async 'drafts/draft'(order) {
      const place = draftsOfPage(order.run, order.page);
      // Asked for twice, a page is paid for once.
      const known = drafting.get(place);
      if (known) return known.work;
      const stop = new AbortController();
      const work = tools.keepAwake(draft(order, stop.signal));
      drafting.set(place, { run: order.run, stop, work });
      try {
        return await work;
      } finally {
        drafting.delete(place);
      }
    },
    async 'drafts/stop'({ run }) {
      for (const one of drafting.values()) if (one.run === run) one.stop.abort();
      return null;
    },
    async 'drafts/list'() {
      const drafts = await listDrafts(await openLibrary());
      return drafts.map(({ id, support, decision }) => ({
        id,
        isDoubtful: isDoubtful(support),
        ...(decision ? { decision: decision.kind } : {}),
      }));
    },
    async 'drafts/read'({ id }) {
      const found = await readDraft(await openLibrary(), id);
      if (!found) throw new ProblemError({ code: 'not-found' });
      return found;
    },
    async 'drafts/approve'({ ids, written }) {
      await decideDrafts(await openLibrary(), ids, ({ example }) => (written ? withWritten(example, written) : example), tools);
      changed();
      return null;
    },
    async 'drafts/reject'({ ids }) {
      await decideDrafts(await openLibrary(), ids, () => undefined, tools);
      tools.draftsChanged();
      return null;
    },
    async 'drafts/undo'() {
      const undone = await undecideLastDrafts(await openLibrary());
      changed();
      return undone;
    },
    async 'drafts/put-away'() {
      await deleteDecidedDrafts(await openLibrary());
      tools.draftsChanged();
      return null;
    },
  };
}

/** The pair in the person's words. */
function withWritten(example: TuningExample, { question, answer }: { readonly question: string; readonly answer: string }): TuningExample {
  const conversation = example.conversation.map((turn) => (turn.role === 'user' ? { ...turn, content: question } : turn));
  return { ...example, conversation, answer: { role: 'assistant', content: answer } };
}
