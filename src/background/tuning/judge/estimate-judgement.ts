import type { Cost, TokensUsed } from '../../../core/models/model-prices';
import { type ChatMessage, promptTokens, tokensPerMessage } from '../../../core/prompt/build-prompt';
import { estimateTokens } from '../../../core/text/estimate-tokens';
import type { JudgedQuestion, JudgedSide } from '../../../core/tuning/judging/judgement';
import { bareMessages } from '../../answer/answer-without-pages';
import { chooseSources } from '../../answer/choose-sources';
import { prepareAnswer } from '../../answer/prepare-answer';
import { type JudgingTools, questionMessage, toolsFor, turnsAsMessages } from './answer-for-side';

/** What an answer is taken to have when no limit is set, as in comparisons of single answers. */
const expectedAnswerTokens = 1_000;
/** Questions for which passages are looked for; the others are taken to come with as many. */
const sampledQuestions = 5;

export interface EstimatingTools extends JudgingTools {
  readonly costOf: (model: string, used: TokensUsed) => Promise<Cost>;
}

/** What one side would cost over all questions. No server is asked for anything: passages are found by their words. */
export async function estimateSide(
  side: JudgedSide,
  questions: readonly JudgedQuestion[],
  tools: EstimatingTools,
  signal: AbortSignal,
): Promise<Cost> {
  const sent = side.withRetrieval ? await sentWithPages(side, questions, tools, signal) : sentWithoutPages(questions, tools);
  const each = tools.parameters?.maximumTokens ?? expectedAnswerTokens;
  return tools.costOf(side.model, { promptTokens: sent, completionTokens: each * questions.length });
}

function sentWithoutPages(questions: readonly JudgedQuestion[], tools: JudgingTools): number {
  const tokensOf = ({ content }: ChatMessage) => estimateTokens(content) + tokensPerMessage;
  return questions.flatMap((question) => bareMessages(question, tools)).reduce((sum, message) => sum + tokensOf(message), 0);
}

async function sentWithPages(
  side: JudgedSide,
  questions: readonly JudgedQuestion[],
  answerTools: JudgingTools,
  signal: AbortSignal,
): Promise<number> {
  const sampled = questions.slice(0, sampledQuestions);
  let tokens = 0;
  for (const question of sampled) {
    const tools = { ...toolsFor(side, question, answerTools), embeddingModel: async () => undefined };
    const asked = questionMessage(question, tools);
    const prepared = await prepareAnswer(asked, turnsAsMessages(question, asked, tools), tools, signal);
    const chosen = await chooseSources(prepared, await prepared.gather({ isWritten: true }), prepared.told, true, tools);
    // Where nothing is found, no model is asked.
    if (chosen.noted.kind === 'written') tokens += promptTokens(chosen.prompt, estimateTokens);
  }
  return sampled.length === 0 ? 0 : Math.round((tokens / sampled.length) * questions.length);
}
