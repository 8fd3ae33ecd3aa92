import { randomBytes } from 'node:crypto';
import OpenAI from 'openai';
import { buildPrompt } from '../../../src/core/prompt/build-prompt';

/** A client of the `openai` package that tries once only and keeps off the console. */
export function connect(baseURL: string, apiKey = 'test-key'): OpenAI {
  return new OpenAI({ apiKey, baseURL, maxRetries: 0, logLevel: 'off' });
}

export const passages = [
  'Sourdough rises slowly. The starter should be kept at **26 degrees** while it ferments. Bake it hot.',
  'The tower on Hollin Rock was finished in 1871. It is 41 metres tall, and its keeper was Ada Wren.',
  '灯台の光は海面から五十二メートルの高さにある。霧の日には鐘を鳴らした。',
] as const;

/** The prompt that the extension itself would send. */
export function promptFor(
  question: string,
  texts: readonly string[] = passages,
  earlierQuestions: readonly string[] = [],
): OpenAI.ChatCompletionMessageParam[] {
  return buildPrompt({
    question,
    passages: texts.map((text, index) => ({ number: index + 1, title: 'Notes', site: 'example.org', headingPath: [], text })),
    history: earlierQuestions.map((earlier) => ({ question: earlier, answer: 'An earlier answer.' })),
    nonce: randomBytes(16).toString('hex'),
  });
}

export interface Refusal {
  readonly status: unknown;
  readonly code: unknown;
  readonly param: unknown;
  readonly message: string;
}

/** What the server says when it refuses; rejects when it does not. */
export async function refusalOf(work: Promise<unknown>): Promise<Refusal> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof OpenAI.APIError) return { status: error.status, code: error.code, param: error.param, message: error.message };
  throw new Error(`Expected the server to refuse, but: ${String(error)}`);
}

export interface StreamedAnswer {
  readonly text: string;
  readonly finish?: string;
  readonly usage?: OpenAI.CompletionUsage;
  /** What the stream threw, after `text` had come. */
  readonly error?: unknown;
}

/** Reads a streamed answer as far as it comes. */
export async function readStream(
  client: OpenAI,
  messages: OpenAI.ChatCompletionMessageParam[],
  { model = 'test-chat', signal }: { readonly model?: string; readonly signal?: AbortSignal } = {},
): Promise<StreamedAnswer> {
  let answer: StreamedAnswer = { text: '' };
  try {
    const events = await client.chat.completions.create(
      { model, messages, stream: true, stream_options: { include_usage: true } },
      signal ? { signal } : {},
    );
    for await (const { choices, usage } of events) {
      const finish = choices[0]?.finish_reason;
      answer = {
        ...answer,
        text: answer.text + (choices[0]?.delta.content ?? ''),
        ...(finish ? { finish } : {}),
        ...(usage ? { usage } : {}),
      };
    }
    return answer;
  } catch (error) {
    return { ...answer, error };
  }
}
