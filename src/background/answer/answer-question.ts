import {
  buildPrompt,
  fitPrompt,
  type PromptInput,
  type PromptPassage,
  promptTokens,
  type Turn,
  tokensForPassages,
} from '../../core/build-prompt';
import { chooseContext } from '../../core/choose-context';
import { keepKnownMarks } from '../../core/citation-marks';
import type {
  AnswerMessage,
  AnswerStatus,
  Conversation,
  ConversationId,
  Message,
  MessageId,
  QuestionMessage,
  SearchReport,
  Usage,
} from '../../core/conversation';
import { estimateTokens } from '../../core/estimate-tokens';
import { isNarrowed } from '../../core/matches-scope';
import { parseQuery } from '../../core/parse-query';
import { type Problem, problemOf } from '../../core/problem';
import type { Searcher } from '../../core/search';
import type { ChatModel } from '../../models/chat-model';
import type { EmbeddingModel } from '../../models/embedding-model';
import type { TokenCounter } from '../../models/token-counter';
import type { AnswerPart } from '../../protocol/answer-stream';
import { putMessage, readConversation, readMessages, updateMessage } from '../../storage/conversations';
import type { Library } from '../../storage/schema';
import { findPassages } from '../find/find-passages';
import { describeSources, type SourceWithText } from './describe-sources';
import { readFoundPassages } from './read-found-passages';

/** Passages given to the model at most, and passages shown when there is none. */
const passagesForModel = 8;
const passagesQuoted = 5;
/** How often a growing answer is stored, so that little of it is lost with the worker. */
const storeEveryMs = 1_000;
const maximumTitleCharacters = 80;

export interface AnswerTools {
  readonly library: Library;
  readonly searcher: Searcher;
  readonly chatModel: () => Promise<ChatModel | undefined>;
  readonly embeddingModel: () => Promise<EmbeddingModel | undefined>;
  readonly contextTokens: number;
  readonly countTokens: () => Promise<TokenCounter>;
  readonly now: () => number;
  readonly newId: () => string;
  /** Unguessable and new at each call. */
  readonly newNonce: () => string;
}

export interface AskedQuestion {
  readonly conversationId?: ConversationId;
  readonly question: string;
}

/**
 * Answers a question from the library: finds passages, and has the chat model write from them if there is one. Everything is stored as it
 * comes about: the question before anything is looked for, the answer while it grows.
 * @returns parts in the order that `AnswerPart` describes, ending in exactly one that is terminal
 */
export async function* answerQuestion(asked: AskedQuestion, tools: AnswerTools, signal: AbortSignal): AsyncGenerator<AnswerPart> {
  const { library, now } = tools;
  const startedAt = now();
  const { conversation, earlier, question } = await storeQuestion(asked, tools);
  yield { type: 'question-stored', conversation, question };

  let answer: AnswerMessage = {
    id: tools.newId() as MessageId,
    conversationId: conversation.id,
    role: 'answer',
    createdAt: question.createdAt + 1,
    kind: 'nothing-found',
    status: 'streaming',
    text: '',
    sources: [],
    report: { pagesSearched: 0, passagesUsed: 0, pagesUsed: 0 },
    durationMs: 0,
  };
  const finish = async (status: AnswerStatus, problem?: Problem): Promise<AnswerMessage> => {
    const known = new Set(answer.sources.map((source) => source.number));
    answer = {
      ...answer,
      status,
      text: keepKnownMarks(answer.text, known),
      durationMs: now() - startedAt,
      ...(problem ? { problem } : {}),
    };
    await updateMessage(library, answer);
    return answer;
  };

  try {
    await putMessage(library, conversation, answer);
    const turns = turnsOf(earlier);
    const [chat, { sources, searched }] = await Promise.all([attempt(tools.chatModel), gather(question.text, turns, tools, signal)]);
    if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
    const chatModel = 'value' in chat ? chat.value : undefined;
    const history = answered(turns);
    const whole = { question: wordsAsked(question.text), passages: sources.map(promptPassage), history, nonce: tools.newNonce() };
    const prompt = chatModel ? await fitToBudget(whole, tools) : whole;
    const used = sources.slice(0, chatModel ? prompt.passages.length : passagesQuoted);
    answer = {
      ...answer,
      kind: used.length === 0 ? 'nothing-found' : chatModel ? 'written' : 'quoted',
      sources: used.map(({ source }) => source),
      report: { ...searched, passagesUsed: used.length, pagesUsed: new Set(used.map(({ source }) => source.pageId)).size },
    };
    yield { type: 'sources', sources: answer.sources, report: answer.report };
    if ('error' in chat) throw chat.error;
    if (!chatModel || used.length === 0) return yield { type: 'answer-end', answer: await finish('complete') };

    const messages = buildPrompt(prompt);
    let storedAt = now();
    for await (const part of chatModel.stream({ messages }, signal)) {
      if (part.type === 'usage') {
        answer = { ...answer, usage: { model: chatModel.name, counted: false, ...tokensOf(part) } };
        continue;
      }
      answer = { ...answer, text: answer.text + part.text };
      yield { type: 'text-delta', text: part.text };
      if (now() - storedAt < storeEveryMs) continue;
      storedAt = now();
      await updateMessage(library, answer);
    }
    if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
    if (!answer.usage) answer = { ...answer, usage: await countUsage(chatModel.name, messages, answer.text, tools.countTokens) };
    yield { type: 'answer-end', answer: await finish('complete') };
  } catch (error) {
    if (signal.aborted) return yield { type: 'answer-stopped', answer: await finish('stopped') };
    const problem = problemOf(error);
    yield { type: 'answer-failed', problem, answer: await finish('failed', problem) };
  }
}

async function storeQuestion(
  asked: AskedQuestion,
  { library, now, newId }: AnswerTools,
): Promise<{ conversation: Conversation; earlier: Message[]; question: QuestionMessage }> {
  const known = asked.conversationId && (await readConversation(library, asked.conversationId));
  const earlier = known ? await readMessages(library, known.id) : [];
  const createdAt = Math.max(now(), (earlier.at(-1)?.createdAt ?? 0) + 1);
  const conversation: Conversation = known
    ? { ...known, updatedAt: createdAt }
    : { id: newId() as ConversationId, title: titleFor(asked.question), createdAt, updatedAt: createdAt };
  const question: QuestionMessage = {
    id: newId() as MessageId,
    conversationId: conversation.id,
    role: 'question',
    createdAt,
    text: asked.question,
  };
  await putMessage(library, conversation, question);
  return { conversation, earlier, question };
}

function titleFor(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim();
  return line.length > maximumTitleCharacters ? `${line.slice(0, maximumTitleCharacters - 1).trimEnd()}…` : line;
}

/** Questions with the answers that were written to them, without marks: their numbers stand for other passages by now. */
function turnsOf(messages: readonly Message[]): Turn[] {
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    return message.role === 'answer' && before?.role === 'question'
      ? [{ question: before.text, answer: keepKnownMarks(message.text, new Set()) }]
      : [];
  });
}

/** A model that may not be used is no reason to find nothing: the passages are shown first, then what is wrong. */
async function attempt<Value>(work: () => Promise<Value>): Promise<{ value: Value } | { error: unknown }> {
  try {
    return { value: await work() };
  } catch (error) {
    return { error };
  }
}

/** A question without its operators, of which a model knows nothing. */
function wordsAsked(question: string): string {
  return parseQuery(question).text || question;
}

function answered(turns: readonly Turn[]): Turn[] {
  return turns.filter((turn) => turn.answer !== '').map((turn) => ({ ...turn, question: wordsAsked(turn.question) }));
}

async function gather(
  question: string,
  turns: readonly Turn[],
  { library, searcher, embeddingModel, contextTokens }: AnswerTools,
  signal: AbortSignal,
): Promise<{ sources: SourceWithText[]; searched: Omit<SearchReport, 'passagesUsed' | 'pagesUsed'> }> {
  const embedding = await attempt(embeddingModel);
  const earlier = turns.map((turn) => turn.question);
  const found = await findPassages(
    question,
    earlier,
    { searcher, embeddingModel: 'value' in embedding ? embedding.value : undefined },
    signal,
  );
  const { query, pagesSearched, passagesNotSearched } = found;
  const context = chooseContext(await readFoundPassages(library, found.passages), query.text, {
    passages: passagesForModel,
    budgetTokens: tokensForPassages(query.text, answered(turns), contextTokens / estimateMargin, estimateTokens),
    foundOnly: query.excluded.length > 0,
  });
  const byWordsOnly = found.byWordsOnly ?? 'error' in embedding;
  return {
    sources: describeSources(context),
    searched: {
      pagesSearched,
      ...(byWordsOnly ? { byWordsOnly } : {}),
      ...(isNarrowed(query.scope) ? { scope: query.scope } : {}),
      ...(passagesNotSearched ? { passagesNotSearched } : {}),
    },
  };
}

/** Estimates fall short by a quarter at most (docs/measurements.md), so an exact count, which takes a second to prepare, is made only near the limit. */
const estimateMargin = 1.4;

async function fitToBudget(prompt: PromptInput, { contextTokens, countTokens }: AnswerTools): Promise<PromptInput> {
  if (promptTokens(prompt, estimateTokens) * estimateMargin <= contextTokens) return prompt;
  return fitPrompt(prompt, contextTokens, await countTokens());
}

function promptPassage({ source, text }: SourceWithText): PromptPassage {
  return { number: source.number, title: source.title, site: source.site, headingPath: source.headingPath, text };
}

function tokensOf({ promptTokens, completionTokens }: { promptTokens: number; completionTokens: number }) {
  return { promptTokens, completionTokens };
}

/** For servers that don't say what they counted. */
async function countUsage(
  model: string,
  messages: readonly { readonly content: string }[],
  text: string,
  countTokens: () => Promise<TokenCounter>,
): Promise<Usage> {
  const count = await countTokens();
  const promptTokens = messages.reduce((sum, message) => sum + count(message.content), 0);
  return { model, promptTokens, completionTokens: count(text), counted: true };
}
