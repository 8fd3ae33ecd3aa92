import type { Assistant } from '../../core/assistants/assistant';
import type { AnswerMessage, Message, MessageId } from '../../core/conversation/conversation';
import { conversationTree } from '../../core/conversation/conversation-tree';
import { ProblemError } from '../../core/problem';
import type { ExampleMessage, TuningExample } from '../../core/tuning/example';
import { assistantWords } from '../../core/tuning/forms/assistant-words';
import type { Verdict } from '../../core/tuning/stored-example';
import { answered, turnsOf, wordsAsked } from '../answer/conversation-turns';

export interface Judgement {
  readonly answerId: MessageId;
  readonly verdict: Verdict;
  /** What should have been answered. */
  readonly text?: string;
  /** A worse answer to the same question. */
  readonly rejectedId?: MessageId;
}

/**
 * Makes an example of an answer: what the model was told before it, the passages it was given, what it should say and what it should not.
 * @param messages of the whole conversation
 * @throws ProblemError `not-found` when there is no such answer that a model wrote
 */
export function exampleOfAnswer(messages: readonly Message[], judgement: Judgement, assistants: readonly Assistant[]): TuningExample {
  const tree = conversationTree(messages);
  const given = writtenAnswer(tree.find(judgement.answerId));
  const worse = judgement.rejectedId === undefined ? undefined : writtenAnswer(tree.find(judgement.rejectedId));
  const before = tree.branchTo(given.id).slice(0, -1);
  const question = before.at(-1);
  if (question?.role !== 'question') throw new ProblemError({ code: 'not-found' });
  const { verdict, text } = judgement;
  const good = verdict === 'edited' && text !== undefined ? text : given.text;
  const rejected = worse?.text ?? (verdict === 'bad' || verdict === 'edited' ? given.text : undefined);
  return {
    conversation: [
      ...systemPrompt(given.assistant, assistants),
      ...answered(turnsOf(before)).flatMap((turn) => [said('user', turn.question), said('assistant', turn.answer)]),
      said('user', wordsAsked(question.text)),
    ],
    ...(verdict === 'bad' ? {} : { answer: said('assistant', good) }),
    ...(rejected === undefined ? {} : { rejected: said('assistant', rejected) }),
    ...(given.sources.length > 0 ? { passages: given.sources.map(({ title, url, quotation }) => ({ title, url, text: quotation })) } : {}),
  };
}

function writtenAnswer(message: Message | undefined): AnswerMessage {
  if (message?.role === 'answer' && message.kind === 'written' && message.text !== '') return message;
  throw new ProblemError({ code: 'not-found' });
}

/** What was set up for the assistant that answered. */
function systemPrompt(name: string | undefined, assistants: readonly Assistant[]): ExampleMessage[] {
  const assistant = name === undefined ? undefined : assistants.find((one) => one.name === name);
  const words = assistant && assistantWords(assistant);
  return words === undefined ? [] : [said('system', words)];
}

function said(role: string, content: string): ExampleMessage {
  return { role, content };
}
