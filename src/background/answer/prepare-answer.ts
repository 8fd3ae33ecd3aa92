import type { Message, QuestionMessage } from '../../core/conversation/conversation';
import { mayLean } from '../../core/conversation/conversation-subject';
import type { PromptInput, Turn } from '../../core/prompt/build-prompt';
import type { ChatModel } from '../../models/chat-model';
import type { AnswerTools } from './answer-tools';
import { promptPassage } from './compose-prompt';
import { type ToldConversation, toldConversation } from './condense-history';
import { answered, turnsOf } from './conversation-turns';
import { embedOnce } from './embed-once';
import { type GatherChoices, type GatheredSources, gatherSources } from './gather-sources';
import { type Understood, understandQuestion } from './understand-question';

/** What an answer is made with, and what a preview of it is made with. */
export interface PreparedAnswer {
  readonly understood: Understood;
  /** Whether a model may write what the pages do not say. */
  readonly mayBeOwn: boolean;
  /** The conversation before it, the oldest first. */
  readonly turns: readonly Turn[];
  /** What a model is told of it, without being asked to condense it. */
  readonly told: ToldConversation;
  /** Whether it may lean on the conversation for what it is about, so that it is to be put into words that stand alone. */
  readonly mayLean: boolean;
  /** The model that is to write; none where passages are the answer. */
  readonly openModel: () => Promise<ChatModel | undefined>;
  /**
   * Finds what it is answered from.
   * @param choices `embeddingModel`: in the place of the one that is set
   */
  readonly gather: (choices: GatherChoices & Partial<Pick<AnswerTools, 'embeddingModel'>>) => Promise<GatheredSources>;
  /** What a model is sent of it if there is room for all. */
  readonly compose: (gathered: GatheredSources, history: readonly Turn[]) => PromptInput;
}

/**
 * Understands a question: for the answer and for the preview alike.
 * @param earlier the messages before it, the oldest first
 * @throws ProblemError see `understandQuestion`
 */
export async function prepareAnswer(
  question: Pick<QuestionMessage, 'text' | 'choices'>,
  earlier: readonly Message[],
  tools: AnswerTools,
  signal: AbortSignal,
): Promise<PreparedAnswer> {
  const turns = turnsOf(earlier);
  const understood = await understandQuestion(question, tools);
  const { words, assistant, isCommand, surroundings, knowledge } = understood;
  const told = toldConversation(answered(turns), earlier);
  let opened: ReturnType<AnswerTools['embeddingModel']> | undefined;
  const embeddingModelOnce = () => {
    opened ??= tools.embeddingModel().then((model) => model && embedOnce(model));
    return opened;
  };
  const base = { question: words, isCommand, surroundings, ...(assistant ? { assistant } : {}), ...(knowledge ? { knowledge } : {}) };
  const nonce = tools.newNonce();
  return {
    understood,
    mayBeOwn: knowledge === 'pages-and-model',
    turns,
    told,
    mayLean: turns.length > 0 && !isCommand && mayLean(question.text),
    openModel: () => tools.chatModel(assistant?.model),
    gather: ({ embeddingModel = embeddingModelOnce, ...choices }) =>
      gatherSources(understood, { ...base, history: told.history }, turns, { ...tools, embeddingModel }, signal, choices),
    compose: ({ sources }, history) => ({ ...base, history, passages: sources.map(promptPassage), nonce }),
  };
}
