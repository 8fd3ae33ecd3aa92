/** What a model learns from one line. */
export interface LearnedItem {
  readonly question: string;
  readonly answer: string;
}

export interface TrainingItem extends LearnedItem {
  readonly tokens: number;
}

export interface DataFault {
  readonly code: string;
  readonly message: string;
}

const roles = ['system', 'developer', 'user', 'assistant', 'tool', 'function'];
const messageKeys = ['role', 'content', 'name', 'weight', 'tool_calls', 'tool_call_id', 'function_call', 'refusal', 'audio'];
const chatKeys = ['messages', 'tools', 'functions', 'parallel_tool_calls'];
const preferenceKeys = ['input', 'preferred_output', 'non_preferred_output'];

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is no line of JSON, as it is found when a file comes. */
export function faultOfLines(text: string): string | undefined {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) return 'The file is empty.';
  for (const [index, line] of lines.entries()) {
    try {
      if (!isFields(JSON.parse(line))) throw new Error();
    } catch {
      return `Expected file to have JSONL format, where every line is a valid JSON dictionary. Line ${index + 1} is not a dictionary.`;
    }
  }
  return undefined;
}

/** Reads a file as the method wants it, or says what is wrong with it, as it is found when a job begins. */
export function readTrainingData(
  text: string,
  method: 'supervised' | 'dpo',
  fewest: number,
): { items: TrainingItem[] } | { fault: DataFault } {
  const items: TrainingItem[] = [];
  const invalid = (index: number, what: string) => ({
    fault: { code: 'invalid_training_file', message: `The job failed due to an invalid training file. Example ${index + 1}: ${what}` },
  });
  for (const [index, line] of text.split('\n').filter(Boolean).entries()) {
    const example = JSON.parse(line) as Fields;
    const read = method === 'dpo' ? readPreference(example) : readChat(example);
    if (typeof read === 'string') return invalid(index, read);
    items.push(read);
  }
  if (items.length >= fewest) return { items };
  const message = `Training file has ${items.length} example(s), but must have at least ${fewest} examples`;
  return { fault: { code: 'invalid_n_examples', message } };
}

function readChat(example: Fields): TrainingItem | string {
  const unknown = Object.keys(example).find((key) => !chatKeys.includes(key));
  if (unknown) return `unexpected key \`${unknown}\`.`;
  const messages = readMessages(example.messages);
  if (typeof messages === 'string') return messages;
  if (!messages.some(({ role }) => role === 'user')) return 'there must be a message of the user.';
  const last = messages.at(-1);
  if (last?.role !== 'assistant') return 'the last message must be from the assistant.';
  return itemOf(messages, last);
}

function readPreference(example: Fields): TrainingItem | string {
  const unknown = Object.keys(example).find((key) => !preferenceKeys.includes(key));
  if (unknown) return `unexpected key \`${unknown}\`.`;
  if (!isFields(example.input)) return '`input` must be a dictionary.';
  const messages = readMessages(example.input.messages);
  if (typeof messages === 'string') return messages;
  if (messages.at(-1)?.role === 'assistant') return 'the input must not end with a message of the assistant.';
  const answers = [readMessages(example.preferred_output), readMessages(example.non_preferred_output)];
  const [preferred, other] = answers;
  if (typeof preferred !== 'object' || typeof other !== 'object')
    return '`preferred_output` and `non_preferred_output` must be lists of messages.';
  if ([preferred, other].some((output) => output.length !== 1 || output[0]?.role !== 'assistant'))
    return 'an output must be one message of the assistant.';
  return itemOf([...messages, ...preferred, ...other], preferred[0] as Fields);
}

function readMessages(messages: unknown): Fields[] | string {
  if (!Array.isArray(messages) || messages.length === 0) return '`messages` must be a list of at least one message.';
  for (const message of messages as unknown[]) {
    if (!isFields(message)) return 'a message must be a dictionary.';
    if (!roles.includes(String(message.role))) return `unexpected role \`${String(message.role)}\`.`;
    const unknown = Object.keys(message).find((key) => !messageKeys.includes(key));
    if (unknown) return `unexpected key \`${unknown}\` in a message.`;
    if (typeof message.content !== 'string' && !message.tool_calls && !message.function_call)
      return 'the content of a message must be a text.';
    if (message.weight !== undefined && message.weight !== 0 && message.weight !== 1) return 'a weight must be 0 or 1.';
    if (message.weight !== undefined && message.role !== 'assistant') return 'only messages of the assistant have a weight.';
  }
  return messages as Fields[];
}

const charactersOfToken = 4;

/** Counted as the trainer counts: four a message and three an example besides the words, and those roughly: no test is to wait for a tokenizer. */
function itemOf(messages: readonly Fields[], answer: Fields): TrainingItem {
  const words = messages.map(({ content }) => (typeof content === 'string' ? content : ''));
  return {
    question: words[messages.findLastIndex(({ role }) => role === 'user')] ?? '',
    answer: typeof answer.content === 'string' ? answer.content : '',
    tokens: words.reduce((sum, text) => sum + Math.ceil(text.length / charactersOfToken) + 4, 3),
  };
}
