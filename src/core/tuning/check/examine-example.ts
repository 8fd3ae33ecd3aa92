import { findLoop } from '../../conversation/find-loop';
import { type ExampleMessage, messagesOf, type TuningExample } from '../example';
import { shortened } from '../forms/read-result';
import { toolNames } from '../forms/read-tools';
import { isWholeJsonObject, isWrappedTwice } from '../forms/tool-arguments';
import type { CheckProblem } from './check-problem';
import { saysSomething } from './mend';
import { personalDataIn } from './personal-data';

/** What is wrong with one example, whatever else is in its set. */
export type OwnProblem = Omit<CheckProblem, 'line' | 'index' | 'otherLine'>;

const roles = ['system', 'developer', 'user', 'assistant', 'tool'];
/** What other programs call them. */
const otherNames: Readonly<Record<string, string>> = {
  human: 'user',
  customer: 'user',
  prompter: 'user',
  gpt: 'assistant',
  bot: 'assistant',
  ai: 'assistant',
  agent: 'assistant',
  model: 'assistant',
  chatbot: 'assistant',
  function: 'tool',
};

/** A place in a template that nobody filled: `{{name}}`, `[INSERT NAME]`, `<your name>`. */
const placeholder = /\{\{[^{}\n]{1,60}\}\}|\[(?:insert|your)\b[^\]\n]{0,60}\]|<(?:insert|your)\b[^>\n]{0,60}>/i;
/** Shorter answers repeat themselves with reason. */
const leastLoopCharacters = 1_000;

export function examineExample(example: TuningExample): OwnProblem[] {
  const messages = messagesOf(example);
  return [
    ...examineTurns(messages, example),
    ...examineWeights(messages),
    ...examineCalls(example, messages),
    ...examineRejected(example),
    ...examineWords([...messages, ...(example.rejected ? [example.rejected] : [])], example),
  ];
}

function* examineTurns(messages: readonly ExampleMessage[], { answer, rejected }: TuningExample): Generator<OwnProblem> {
  for (const role of new Set(messages.map((message) => message.role))) {
    if (roles.includes(role)) continue;
    const to = meantRole(role);
    yield {
      code: 'wrong-role',
      level: 'error',
      detail: shortened(role),
      ...(to === role ? {} : { mend: { kind: 'rename-role', from: role, to } }),
    };
  }
  const meant = messages.map(({ role }) => meantRole(role));
  if (!meant.includes('user')) yield { code: 'no-user-turn', level: 'error', mend: { kind: 'remove' } };
  // An answer that was only disliked waits for a better one; until then it is not trained.
  const isWaiting = !answer && rejected !== undefined;
  if (!isWaiting) {
    if (!meant.includes('assistant')) yield { code: 'no-assistant-turn', level: 'error', mend: { kind: 'remove' } };
    else if (meant.at(-1) !== 'assistant') yield { code: 'last-turn-not-assistant', level: 'error', mend: { kind: 'drop-last-turns' } };
  }
  const empty = messages.filter((message) => !saysSomething(message));
  const isNeeded = empty.some(
    ({ role }) => messages.filter((one) => one.role === role && saysSomething(one)).length === 0 && role !== 'system',
  );
  if (empty.length > 0) {
    yield {
      code: 'empty-turn',
      level: 'error',
      detail: shortened(empty[0]?.role ?? ''),
      mend: { kind: isNeeded ? 'remove' : 'drop-empty-turns' },
    };
  }
}

function meantRole(role: string): string {
  const key = role.trim().toLowerCase();
  if (roles.includes(key)) return key;
  return Object.hasOwn(otherNames, key) ? (otherNames[key] ?? role) : role;
}

function* examineWeights(messages: readonly ExampleMessage[]): Generator<OwnProblem> {
  const wrong = messages.find(({ role, weight }) => weight !== undefined && (role !== 'assistant' || (weight !== 0 && weight !== 1)));
  if (wrong) {
    yield { code: 'wrong-weight', level: 'error', detail: `${shortened(wrong.role)}: ${wrong.weight}`, mend: { kind: 'set-weights' } };
  }
  const answers = messages.filter(({ role }) => role === 'assistant');
  if (answers.length > 0 && answers.every(({ weight }) => weight === 0)) {
    yield { code: 'nothing-learned', level: 'error', mend: { kind: 'learn-all' } };
  }
}

function* examineCalls(example: TuningExample, messages: readonly ExampleMessage[]): Generator<OwnProblem> {
  const calls = [...messages, ...(example.rejected ? [example.rejected] : [])].flatMap(({ toolCalls }) => toolCalls ?? []);
  if (calls.length === 0) return;
  const broken = calls.find((call) => !isWholeJsonObject(call.arguments));
  if (broken) {
    const canUnwrap = calls.every((call) => isWholeJsonObject(call.arguments) || isWrappedTwice(call.arguments));
    yield {
      code: 'tool-arguments',
      level: 'error',
      detail: shortened(broken.name),
      mend: { kind: canUnwrap ? 'unwrap-arguments' : 'remove' },
    };
  }
  const described = toolNames(example.tools);
  const unknown = calls.find(({ name }) => !described.has(name));
  if (unknown) yield { code: 'tool-unknown', level: 'error', detail: shortened(unknown.name) };
}

function* examineRejected({ answer, rejected }: TuningExample): Generator<OwnProblem> {
  if (answer && rejected && answer.content.trim() === rejected.content.trim() && !answer.toolCalls && !rejected.toolCalls) {
    yield { code: 'rejected-same', level: 'error', mend: { kind: 'drop-rejected' } };
  }
}

function* examineWords(messages: readonly ExampleMessage[], { passages = [] }: TuningExample): Generator<OwnProblem> {
  const isLoop = messages.some(({ content }) => content.length >= leastLoopCharacters && findLoop(content) !== undefined);
  if (isLoop) yield { code: 'repeats-itself', level: 'warning', mend: { kind: 'cut-repetition' } };
  const unfilled = messages.map(({ content }) => placeholder.exec(content)?.[0]).find((found) => found !== undefined);
  if (unfilled !== undefined) yield { code: 'placeholder', level: 'note', detail: shortened(unfilled) };
  const texts = [...messages.map(({ content }) => content), ...passages.map(({ text }) => text)];
  for (const what of new Set(texts.flatMap(personalDataIn))) yield { code: what, level: 'warning', mend: { kind: 'redact', what } };
}
