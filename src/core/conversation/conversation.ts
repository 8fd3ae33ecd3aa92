import type { Fallback } from '../assistants/assistant';
import type { Brand } from '../brand';
import type { AnswerCheck } from '../citations/answer-check';
import type { LeftOut } from '../models/model-parameters';
import type { Cost } from '../models/model-prices';
import type { Locator } from '../pages/locators';
import type { PageId, PassageId } from '../pages/page';
import type { Problem } from '../problem';
import type { AskChoices } from '../prompt/ask-choices';
import type { AskedVector } from '../retrieval-tuning/asked-vector';
import type { SearchScope } from '../search/search';
import type { PictureId, PictureType } from './picture';

export type ConversationId = Brand<string, 'ConversationId'>;
export type MessageId = Brand<string, 'MessageId'>;

export interface Conversation {
  readonly id: ConversationId;
  /** The first question, until the person renames it. */
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** A message of the branch that is shown; it goes on from there to the newest. Absent: the branch of the newest message. */
  readonly shownId?: MessageId;
}

/**
 * A passage shown with an answer, or several that follow one another in their page. Holds what a citation needs even if the page is deleted
 * later.
 */
export interface Source {
  /** The `[n]` it is cited by, counted from 1. */
  readonly number: number;
  readonly pageId: PageId;
  readonly version: number;
  /** The best one, if there are several. */
  readonly passageId: PassageId;
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly site: string;
  readonly url: string;
  /** ISO 8601: when the page was published, else absent. */
  readonly published?: string;
  readonly capturedAt: number;
  readonly headingPath: readonly string[];
  /** Where the passage begins in a PDF or a video. */
  readonly locator?: Locator;
  /** The page of a PDF that it ends on, when that is another one. */
  readonly lastPage?: number;
  /** The passage as plain text: what is shown as the quotation. */
  readonly quotation: string;
  /** The page's address with a text fragment that leads to the passage. */
  readonly liveUrl: string;
  /** How many other pages, of those that were found, say the same; absent when none does. */
  readonly otherPages?: number;
  /** The page was read for the question and never saved; its text goes with the conversation. */
  readonly isUnsaved?: true;
}

export interface Usage {
  readonly model: string;
  readonly promptTokens: number;
  /** Of those, what the server had read before; absent when it does not say. */
  readonly cachedTokens?: number;
  readonly completionTokens: number;
  /** Of those, what was thought and not shown; absent when the server does not say. */
  readonly reasoningTokens?: number;
  /** True when the server did not say and the tokens were counted here. */
  readonly counted: boolean;
  /** By the price of the day; absent in answers from before there were prices. */
  readonly cost?: Cost;
}

/** The beginning of a conversation, as a model has summed it up for itself. */
export interface CondensedConversation {
  readonly text: string;
  /** How many turns it stands in place of. */
  readonly turns: number;
  /** It was made, and is there for the next question, but this time there was no room for it. */
  readonly isLeftOut?: true;
}

/** How an answer came about. */
export interface SearchReport {
  /** Within the scope. */
  readonly pagesSearched: number;
  readonly passagesUsed: number;
  readonly pagesUsed: number;
  /** There are vectors, but the question could not be embedded to search by them. */
  readonly byWordsOnly?: true;
  /** What of the library was searched; absent when it was all of it. */
  readonly scope?: SearchScope;
  /** A follow-up in words that stand alone, which were searched for. */
  readonly searchedFor?: string;
  /** The model had said that it was sent too much, and was sent less. */
  readonly wasShortened?: true;
  /** So many of the oldest turns of the conversation were not told to the model, for want of room. */
  readonly turnsLeftOut?: number;
  /** The model might go on from its own knowledge; see `ownMark`. */
  readonly mayBeOwn?: true;
  /** Nothing was looked for: all that was asked was read. */
  readonly isWhole?: true;
  /** What was read, when nothing was searched for but the text taken from its beginning: its share of all of it, from 0 to 1. */
  readonly shareRead?: number;
  /** Part of the index was being made anew, so that these could not be looked at. */
  readonly passagesNotSearched?: number;
}

export interface QuestionMessage {
  readonly id: MessageId;
  readonly conversationId: ConversationId;
  readonly role: 'question';
  readonly createdAt: number;
  /** The answer that it follows; null: it begins the conversation. Absent: the message before it, as when conversations did not branch. */
  readonly parentId?: MessageId | null;
  readonly text: string;
  readonly choices?: AskChoices;
}

/**
 * - `complete`: the answer is whole.
 * - `stopped`: the person stopped it; the text is what had come by then.
 * - `failed`: see `problem`; the text is what had come by then.
 * - `streaming`: being written, or the worker died while it was (the reader decides which, by asking whether it is live).
 */
export type AnswerStatus = 'streaming' | 'complete' | 'stopped' | 'failed';

/**
 * - `written`: a model wrote it from the passages.
 * - `quoted`: no model is set; the passages are the answer.
 * - `picture`: a picture was made; the pages had no part in it.
 * - `nothing-found`: nothing in the library bears on the question, and no model was asked.
 */
export type AnswerKind = 'written' | 'quoted' | 'picture' | 'nothing-found';

/** A picture that was made; its bytes are kept apart. */
export interface PictureShown {
  readonly id: PictureId;
  readonly type: PictureType;
  /** What it was made of: it says what there is to see. */
  readonly prompt: string;
}

export interface AnswerMessage {
  readonly id: MessageId;
  readonly conversationId: ConversationId;
  readonly role: 'answer';
  readonly createdAt: number;
  /** The question that it answers, as in `QuestionMessage`. */
  readonly parentId?: MessageId | null;
  /** How its question was asked this time; absent when it is as the question says. */
  readonly choices?: AskChoices;
  readonly kind: AnswerKind;
  readonly status: AnswerStatus;
  /** Markdown with `[n]` marks; empty when `kind` is not `written`. */
  readonly text: string;
  readonly sources: readonly Source[];
  readonly report: SearchReport;
  /** What came of comparing the text with the sources. Absent from answers that were written before there was a check, or are cut off. */
  readonly check?: AnswerCheck;
  /** What the model was not sent of what was set, because it does not take it. */
  readonly leftOut?: readonly LeftOut[];
  /** What the model was told in place of the beginning of the conversation, unless it was left out; absent when it was told all of it. */
  readonly condensed?: CondensedConversation;
  readonly picture?: PictureShown;
  /** The name of the assistant that answered. */
  readonly assistant?: string;
  /** What the assistant says of itself when nothing was found. */
  readonly fallback?: Fallback;
  readonly problem?: Problem;
  readonly usage?: Usage;
  /** What was searched for by its vector, last; absent when nothing was. A conversation is read without it. */
  readonly asked?: AskedVector;
  /** Numbers of the sources that the person opened, on their page or as the saved copy, in the order in which they first did. */
  readonly opened?: readonly number[];
  readonly durationMs: number;
}

export type Message = QuestionMessage | AnswerMessage;
