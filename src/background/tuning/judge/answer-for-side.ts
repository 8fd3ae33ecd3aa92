import type { Assistant, AssistantId } from '../../../core/assistants/assistant';
import type { AnswerMessage, ConversationId, Message, MessageId, QuestionMessage } from '../../../core/conversation/conversation';
import { withoutParameter } from '../../../core/models/model-parameters';
import { type ProblemCode, ProblemError, problemOf } from '../../../core/problem';
import type { JudgedAnswer, JudgedQuestion, JudgedSide } from '../../../core/tuning/judging/judgement';
import type { ChatModel } from '../../../models/chat-model';
import { answerFromPages } from '../../answer/answer-from-pages';
import { AnswerInProgress } from '../../answer/answer-in-progress';
import type { AnswerTools } from '../../answer/answer-tools';
import { answerWithoutPages } from '../../answer/answer-without-pages';

export interface JudgingTools extends AnswerTools {
  /** A model of the server that is set, by its name. */
  readonly openChat: (model: string) => Promise<ChatModel | undefined>;
}

/** What is wrong with an answer itself: it is judged as it is. Everything else keeps it from being one. */
const ofTheAnswer: ReadonlySet<ProblemCode> = new Set([
  'model-empty',
  'model-refused',
  'model-cut-off',
  'model-looped',
  'model-answer-too-long',
  'model-other-language',
  'model-context-too-long',
]);

/**
 * Has one side answer a question: from the library by the steps of any answer, or from the question alone. Nothing of it is in a conversation.
 * @throws ProblemError what keeps it from an answer; `interrupted` when the signal aborts
 */
export async function answerForSide(
  question: JudgedQuestion,
  side: JudgedSide,
  answerTools: JudgingTools,
  signal: AbortSignal,
): Promise<JudgedAnswer> {
  const tools = toolsFor(side, question, answerTools);
  const model = await tools.chatModel();
  if (!model) throw new ProblemError({ code: 'model-address-invalid' });
  const asked = questionMessage(question, tools);
  const place = { id: tools.newId() as MessageId, conversationId: asked.conversationId, createdAt: asked.createdAt };
  const progress = new AnswerInProgress(place, asked, tools);
  const writing = side.withRetrieval
    ? answerFromPages(progress, turnsAsMessages(question, asked, tools), tools, signal)
    : answerWithoutPages(progress, question, model, tools, signal);
  let end: AnswerMessage;
  try {
    for await (const _ of writing) if (signal.aborted) break;
    end = (await progress.finish(signal.aborted ? 'stopped' : 'complete')).answer;
  } catch (error) {
    const problem = problemOf(error);
    if (!signal.aborted && !ofTheAnswer.has(problem.code)) throw error;
    end = (await progress.finish('failed', problem)).answer;
  }
  if (signal.aborted) throw new ProblemError({ code: 'interrupted' });
  return judgedAnswer(end);
}

/** Those of any answer, but that the model of the side writes it, once, and is told what the question comes with. */
export function toolsFor({ model: name }: JudgedSide, { instructions }: JudgedQuestion, tools: JudgingTools): AnswerTools {
  const { parameters = {} } = tools;
  return {
    ...tools,
    parameters: withoutParameter(withoutParameter(parameters, 'answers'), 'takeBest'),
    chatModel: async () => {
      const model = await tools.openChat(name);
      return model && countedAsJudging(model);
    },
    assistants: async () => (instructions ? [assistantWith(instructions)] : []),
  };
}

const assistantId = 'judged' as AssistantId;

/** The prompt names who answers. */
function assistantWith(instructions: string): Assistant {
  return { id: assistantId, name: 'Assistant', instructions };
}

/** What it costs is summed as what it was for, whichever step of the answer asks. */
function countedAsJudging(model: ChatModel): ChatModel {
  return { name: model.name, stream: (request, signal) => model.stream({ ...request, account: { purpose: 'judging' } }, signal) };
}

export function questionMessage(
  { text, instructions }: JudgedQuestion,
  { newId, now }: Pick<AnswerTools, 'newId' | 'now'>,
): QuestionMessage {
  return {
    id: newId() as MessageId,
    // Of no conversation that there is, so that nothing of it is stored in one.
    conversationId: newId() as ConversationId,
    role: 'question',
    createdAt: now(),
    text,
    ...(instructions ? { choices: { assistantId } } : {}),
  };
}

/** What was said before, as an answer expects to find it. */
export function turnsAsMessages(
  { history = [] }: JudgedQuestion,
  { conversationId, createdAt }: QuestionMessage,
  tools: Pick<AnswerTools, 'library' | 'newId' | 'now'>,
): Message[] {
  return history.flatMap(({ question: text, answer }) => {
    const question: QuestionMessage = { id: tools.newId() as MessageId, conversationId, role: 'question', createdAt, text };
    const place = { id: tools.newId() as MessageId, conversationId, createdAt };
    return [question, { ...new AnswerInProgress(place, question, tools).answer, kind: 'written', status: 'complete', text: answer }];
  });
}

function judgedAnswer({ status, kind, text, sources, report, check, problem, usage, durationMs }: AnswerMessage): JudgedAnswer {
  return {
    status,
    kind,
    text,
    sources,
    report,
    ...(check ? { check } : {}),
    ...(problem ? { problem } : {}),
    ...(usage ? { usage } : {}),
    durationMs,
  };
}
