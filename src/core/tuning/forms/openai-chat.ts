import { type ExampleMessage, exampleOf, foldPassages, messagesOf, type TuningExample } from '../example';
import type { RecordForm } from './form';
import { type Complain, complainOfKeys, messageRecord, parseMessages } from './parse-messages';
import { normalTools, readTools, toolList } from './read-tools';

const keys = ['messages', 'tools', 'parallel_tool_calls', 'functions'];

/** One conversation a line, for supervised training (https://platform.openai.com/docs/guides/supervised-fine-tuning). */
export const openAiChat: RecordForm = {
  layout: 'lines',
  recognises: (record) => 'messages' in record,
  read: (record, complain) => {
    complainOfKeys(record, keys, '', complain);
    return { ...exampleOf(parseMessages(record.messages, 'messages', complain)), ...toolsOf(record, '', complain) };
  },
  hold: (example) => holdConversation(example, false),
  write: (example) => ({ messages: messagesOf(example).map(messageRecord), ...toolsRecord(example) }),
};

/** A question and two answers a line (https://platform.openai.com/docs/guides/direct-preference-optimization). */
export const openAiPreference: RecordForm = {
  layout: 'lines',
  recognises: (record) => 'preferred_output' in record || 'non_preferred_output' in record,
  read: (record, complain) => {
    complainOfKeys(record, ['input', 'preferred_output', 'non_preferred_output'], '', complain);
    const input = (record.input ?? {}) as Readonly<Record<string, unknown>>;
    complainOfKeys(input, keys, 'input.', complain);
    const conversation = parseMessages(input.messages, 'input.messages', complain);
    const [answer] = parseMessages(record.preferred_output ?? [], 'preferred_output', complain);
    const [rejected] = parseMessages(record.non_preferred_output ?? [], 'non_preferred_output', complain);
    return { conversation, ...(answer ? { answer } : {}), ...(rejected ? { rejected } : {}), ...toolsOf(input, 'input.', complain) };
  },
  hold: (example) => (example.rejected ? holdConversation(example, true) : undefined),
  write: (example) => ({
    input: { messages: example.conversation.map(messageRecord), ...toolsRecord(example) },
    preferred_output: example.answer ? [messageRecord(example.answer)] : [],
    non_preferred_output: example.rejected ? [messageRecord(example.rejected)] : [],
  }),
};

function holdConversation(example: TuningExample, withRejected: boolean): TuningExample | undefined {
  const { conversation, answer, rejected, tools, parallelToolCalls } = foldPassages(example);
  if (!answer) return undefined;
  return {
    conversation: conversation.map(withCallIds),
    answer: withCallIds(answer),
    ...(withRejected && rejected ? { rejected: withCallIds(rejected) } : {}),
    ...normalTools(tools),
    ...(parallelToolCalls === undefined ? {} : { parallelToolCalls }),
  };
}

/** The API wants a name for each call, by which a tool's turn says what it answers. */
function withCallIds(message: ExampleMessage): ExampleMessage {
  const { toolCalls } = message;
  return toolCalls ? { ...message, toolCalls: toolCalls.map((call, index) => ({ id: `call_${index + 1}`, ...call })) } : message;
}

function toolsOf(
  record: Readonly<Record<string, unknown>>,
  place: string,
  complain: Complain,
): Pick<TuningExample, 'tools' | 'parallelToolCalls'> {
  const key = record.tools === undefined ? 'functions' : 'tools';
  return {
    ...readTools(record[key], `${place}${key}`, complain),
    ...(typeof record.parallel_tool_calls === 'boolean' ? { parallelToolCalls: record.parallel_tool_calls } : {}),
  };
}

function toolsRecord({ tools, parallelToolCalls }: TuningExample): Record<string, unknown> {
  return {
    ...(tools === undefined ? {} : { tools: toolList(tools) }),
    ...(parallelToolCalls === undefined ? {} : { parallel_tool_calls: parallelToolCalls }),
  };
}
