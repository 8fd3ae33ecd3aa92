import type { Assistant } from '../../core/assistant';
import { buildPrompt, type ChatMessage, type PromptInput, tokensPerMessage } from '../../core/build-prompt';
import { mayLean } from '../../core/conversation-subject';
import { conversationTree } from '../../core/conversation-tree';
import type { TokenCounter } from '../../models/token-counter';
import type { PreviewOrder, PromptPreview } from '../../protocol/prompt-preview';
import { readConversation, readMessages } from '../../storage/conversations';
import type { AnswerTools } from './answer-tools';
import { attempt } from './attempt';
import { fitToBudget } from './compose-prompt';
import { answered, turnsOf } from './conversation-turns';
import { type PreparedAnswer, prepareAnswer } from './prepare-answer';

/** Stands for what is not known yet. */
const sample = '…';

/**
 * What a model would be sent if this were asked now: put together by the same steps, but that no server is asked for anything, so passages are found by
 * their words alone.
 * @throws ProblemError see `understandQuestion`
 */
export async function previewPrompt(order: PreviewOrder, answerTools: AnswerTools, signal: AbortSignal): Promise<PromptPreview> {
  const { conversationId, parentId, question, choices = {}, assistant } = order;
  const tools: AnswerTools = {
    ...answerTools,
    embeddingModel: async () => undefined,
    assistants: async () => withDraft(await answerTools.assistants(), assistant),
  };
  const conversation = conversationId && (await readConversation(tools.library, conversationId));
  const tree = conversationTree(conversation ? await readMessages(tools.library, conversation.id) : []);
  const earlier = parentId === undefined ? tree.branchThrough(conversation?.shownId) : tree.branchTo(parentId);
  const text = question.trim();
  const asked = { text, choices: assistant ? { ...choices, assistantId: assistant.id } : choices };
  const history = answered(turnsOf(earlier));
  const prepared = text ? await prepareAnswer(asked, earlier, tools, signal) : undefined;
  const prompt = prepared
    ? prepared.compose(await prepared.gather({ isWritten: true }), history)
    : await samplePrompt(asked.choices.assistantId, history, tools);
  const fitted = await fitToBudget(prompt, tools);
  const isAsked = fitted.passages.length > 0;
  const embedding = await attempt(answerTools.embeddingModel);
  const isByMeaning = 'value' in embedding && embedding.value !== undefined;
  return {
    ...(isAsked ? describe(fitted, await tools.countTokens()) : { messages: [], tokens: noTokens }),
    contextTokens: tools.contextTokens,
    isSample: text === '',
    mayDiffer: prepared !== undefined && (isByMeaning || fitted.history.length < history.length || (await mayBeRewritten(prepared, text))),
  };
}

/** A follow-up is put into words that stand alone by the model, which a preview does not ask. */
async function mayBeRewritten({ understood, turns, openModel }: PreparedAnswer, text: string): Promise<boolean> {
  if (turns.length === 0 || understood.isCommand || !mayLean(text)) return false;
  const model = await attempt(openModel);
  return 'value' in model && model.value !== undefined;
}

const noTokens = { instructions: 0, conversation: 0, passages: 0, question: 0 };

function withDraft(assistants: readonly Assistant[], draft: Assistant | undefined): readonly Assistant[] {
  return draft ? [...assistants.filter(({ id }) => id !== draft.id), draft] : assistants;
}

async function samplePrompt(
  assistantId: Assistant['id'] | undefined,
  history: PromptInput['history'],
  tools: AnswerTools,
): Promise<PromptInput> {
  const assistant = (await tools.assistants()).find(({ id }) => id === assistantId);
  const page = { title: sample, site: sample, text: sample };
  return {
    question: sample,
    passages: [{ ...page, number: 1, headingPath: [] }],
    history,
    nonce: tools.newNonce(),
    ...(assistant ? { assistant } : {}),
    surroundings: { date: tools.today(), language: tools.language(), page, selection: sample },
  };
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
