import type { Assistant } from '../../core/assistants/assistant';
import type { AskChoices } from '../../core/prompt/ask-choices';
import { buildPrompt, type ChatMessage, type PromptInput, tokensPerMessage } from '../../core/prompt/build-prompt';
import type { TokenCounter } from '../../models/token-counter';
import type { PreviewOrder, PromptPreview } from '../../protocol/prompt-preview';
import { readBranch } from '../../storage/conversations/conversations';
import type { AnswerTools } from './answer-tools';
import { attempt } from './attempt';
import { chooseSources } from './choose-sources';
import { fitToBudget } from './compose-prompt';
import { isTooLong, type ToldConversation, toldConversation } from './condense-history';
import { answered, turnsOf } from './conversation-turns';
import type { GatheredSources } from './gather-sources';
import { type PreparedAnswer, prepareAnswer } from './prepare-answer';

/** Stands for what is not known yet. */
const sample = '…';

/**
 * What a model would be sent if this were asked now: put together by the same steps, but that no server is asked for anything, so passages are found by
 * their words alone, and of a conversation that has become too long the latest turns are told.
 * @throws ProblemError see `understandQuestion`
 */
export async function previewPrompt(order: PreviewOrder, answerTools: AnswerTools, signal: AbortSignal): Promise<PromptPreview> {
  const { question, choices = {}, assistant } = order;
  const tools: AnswerTools = {
    ...answerTools,
    embeddingModel: async () => undefined,
    assistants: async () => withDraft(await answerTools.assistants(), assistant),
  };
  const { branch } = await readBranch(tools.library, order);
  const text = question.trim();
  const asked = { text, choices: assistant ? { ...choices, assistantId: assistant.id } : choices };
  if (!text) {
    const prompt = await samplePrompt(asked.choices, toldConversation(answered(turnsOf(branch)), branch), tools);
    return { ...describe(prompt, await tools.countTokens()), contextTokens: tools.contextTokens, isSample: true, mayDiffer: false };
  }
  const prepared = await prepareAnswer(asked, branch, tools, signal);
  const gathered = await prepared.gather({ isWritten: true });
  const { prompt, noted } = await chooseSources(prepared, gathered, prepared.told, true, tools);
  return {
    ...(noted.kind === 'written' ? describe(prompt, await tools.countTokens()) : { messages: [], tokens: noTokens }),
    contextTokens: tools.contextTokens,
    isSample: false,
    mayDiffer: isTooLong(prepared.told, tools.contextTokens) || (await isFoundOtherwise(prepared, gathered, answerTools)),
  };
}

/** Whether other passages may be found when servers are asked: for the question's vector, or to put it into words that stand alone. */
async function isFoundOtherwise(
  { understood, mayLean, openModel }: PreparedAnswer,
  { searched }: GatheredSources,
  { embeddingModel }: AnswerTools,
): Promise<boolean> {
  // What is read in its order is not searched for.
  if (searched.isWhole || understood.readsInOrder) return false;
  const finder = await attempt(embeddingModel);
  if ('value' in finder && finder.value) return true;
  const writer = mayLean ? await attempt(openModel) : undefined;
  return writer !== undefined && 'value' in writer && writer.value !== undefined;
}

const noTokens = { instructions: 0, conversation: 0, passages: 0, question: 0 };

function withDraft(assistants: readonly Assistant[], draft: Assistant | undefined): readonly Assistant[] {
  return draft ? [...assistants.filter(({ id }) => id !== draft.id), draft] : assistants;
}

async function samplePrompt(
  { assistantId, knowledge: chosen }: AskChoices,
  { history }: ToldConversation,
  tools: AnswerTools,
): Promise<PromptInput> {
  const assistant = (await tools.assistants()).find(({ id }) => id === assistantId);
  const knowledge = assistant?.knowledge ?? chosen;
  const page = { title: sample, site: sample, text: sample };
  const prompt: PromptInput = {
    question: sample,
    passages: [{ ...page, number: 1, headingPath: [] }],
    history,
    nonce: tools.newNonce(),
    ...(assistant ? { assistant } : {}),
    ...(knowledge ? { knowledge } : {}),
    surroundings: { date: tools.today(), language: tools.language(), page, selection: sample },
  };
  return fitToBudget(prompt, tools);
}

function describe(prompt: PromptInput, count: TokenCounter): Pick<PromptPreview, 'messages' | 'tokens'> {
  const messages = buildPrompt(prompt);
  const of = (some: readonly ChatMessage[]) => some.reduce((sum, { content }) => sum + count(content) + tokensPerMessage, 0);
  const withoutPassages = of(buildPrompt({ ...prompt, passages: [] }).slice(-1));
  const request = of(messages.slice(-1));
  return {
    messages,
    tokens: {
      instructions: of(messages.slice(0, 1)),
      conversation: of(messages.slice(1, -1)),
      passages: request - withoutPassages,
      question: withoutPassages,
    },
  };
}
