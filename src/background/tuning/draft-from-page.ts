import type { Assistant } from '../../core/assistants/assistant';
import type { CheckedPassage } from '../../core/citations/check-answer';
import { GrowingAnswer } from '../../core/conversation/growing-answer';
import type { PageId } from '../../core/pages/page';
import { ProblemError } from '../../core/problem';
import type { PromptPassage } from '../../core/prompt/build-prompt';
import { estimateTokens } from '../../core/text/estimate-tokens';
import { chooseDraftingPassages } from '../../core/tuning/drafts/choose-drafting-passages';
import { type DraftingOrder, draftPrompt } from '../../core/tuning/drafts/draft-prompt';
import type { ExampleDraft } from '../../core/tuning/drafts/example-draft';
import { judgeDraft } from '../../core/tuning/drafts/judge-draft';
import { type DraftedPair, readDraftedPairs } from '../../core/tuning/drafts/read-drafted-pairs';
import type { TuningExample } from '../../core/tuning/example';
import { assistantWords } from '../../core/tuning/forms/assistant-words';
import type { ChatModel } from '../../models/chat-model';
import { readPage, readPassages } from '../../storage/pages/pages';
import type { Library } from '../../storage/schema';

/** Of a page, as much as a model reads well at once. */
const mostPageTokens = 6_000;
/** Of what a model reads and writes in all: the rest is for its rules and its pairs. */
const shareOfContext = 0.5;
/** A long page is known by so many stretches of it. */
const mostStretches = 4;
/** A model that is asked for ten pairs writes a while; one that takes longer hangs. */
const draftingMs = 180_000;
/** Ten pairs are far shorter. */
const mostCharacters = 60_000;

/** What of a page a model is to draft from. */
export interface DraftedPage {
  readonly id: PageId;
  readonly version: number;
  readonly capturedAt: number;
  readonly title: string;
  readonly url: string;
  readonly language?: string;
  readonly passages: readonly PromptPassage[];
}

export interface WantedDrafts {
  readonly pairs: number;
  readonly assistant?: Assistant | undefined;
}

/** @throws ProblemError `not-found` */
export async function readDraftedPage(library: Library, pageId: PageId, pairs: number, contextTokens: number): Promise<DraftedPage> {
  const { page, version } = await readPage(library, pageId);
  const passages = (await readPassages(library, pageId)).map(({ start, end, headingPath }) => ({
    text: version.text.slice(start, end).trim(),
    headingPath,
  }));
  const most = Math.min(mostPageTokens, contextTokens * shareOfContext);
  const tokens = passages.map(({ text }) => estimateTokens(text));
  const chosen = chooseDraftingPassages(tokens, most, Math.min(pairs, mostStretches));
  const { title, url, site, language } = page;
  return {
    id: pageId,
    version: version.version,
    capturedAt: version.capturedAt,
    title,
    url,
    ...(language ? { language } : {}),
    passages: chosen.flatMap((place, index) => {
      const passage = passages[place];
      return passage ? [{ ...passage, number: index + 1, title, site }] : [];
    }),
  };
}

export function draftingOrder({ passages }: DraftedPage, { pairs, assistant }: WantedDrafts): DraftingOrder {
  const manner = assistant && assistantWords(assistant);
  return { passages, pairs, ...(manner ? { manner } : {}) };
}

/**
 * Has a model write pairs from a page.
 * @returns the drafts but for their ids, at least one; nothing when it was stopped
 * @throws ProblemError what the model could not do: `model-empty` when nothing of what it wrote is a pair
 */
export async function draftFromPage(
  page: DraftedPage,
  wanted: WantedDrafts,
  model: ChatModel,
  tools: { readonly nonce: string; readonly now: () => number },
  stop: AbortSignal,
): Promise<Omit<ExampleDraft, 'id'>[] | undefined> {
  const enough = new AbortController();
  const limit = AbortSignal.timeout(draftingMs);
  const messages = draftPrompt(draftingOrder(page, wanted), tools.nonce);
  const written = new GrowingAnswer();
  if (stop.aborted) return undefined;
  const request = { messages, asJson: true, account: { purpose: 'draft' } } as const;
  for await (const part of model.stream(request, AbortSignal.any([limit, enough.signal, stop]))) {
    if (part.type === 'text-delta') written.add(part.text);
    if (written.problem || written.text.length > mostCharacters) enough.abort();
  }
  if (stop.aborted) return undefined;
  written.end();
  const pairs = readDraftedPairs(written.text, wanted.pairs);
  if (pairs.length === 0) throw new ProblemError({ code: limit.aborted ? 'model-silent' : 'model-empty' });
  return pairs.map((pair) => ({ ...draftOf(pair, page, wanted), model: model.name, createdAt: tools.now() }));
}

function draftOf(pair: DraftedPair, page: DraftedPage, { assistant }: WantedDrafts): Omit<ExampleDraft, 'id' | 'model' | 'createdAt'> {
  const checked = page.passages.map(({ number, text, headingPath }): CheckedPassage => {
    return { number, text, around: [page.title, ...headingPath].join('\n'), language: page.language };
  });
  const { support, passages: kept } = judgeDraft(pair, checked);
  const words = assistant && assistantWords(assistant);
  const example: TuningExample = {
    conversation: [...(words ? [{ role: 'system', content: words }] : []), { role: 'user', content: pair.question }],
    answer: { role: 'assistant', content: pair.answer },
    ...(kept.length > 0
      ? {
          passages: kept.flatMap((number) => {
            const passage = page.passages.find((one) => one.number === number);
            return passage ? [{ title: page.title, url: page.url, text: passage.text }] : [];
          }),
        }
      : {}),
    source: page.title.slice(0, longestSourceCharacters),
  };
  return { pageId: page.id, version: page.version, capturedAt: page.capturedAt, example, support };
}

/** What is longer is no name of a source that can be stored. */
const longestSourceCharacters = 1_000;
