import { describe, expect, it } from 'vitest';
import { parseRefusal } from '../../../../src/core/models/parse-refusal';
import type { RequestPart } from '../../../../src/core/models/refusals';

const sent = new Map<RequestPart, unknown>([
  ['temperature', 0.2],
  ['top_p', 0.9],
  ['frequency_penalty', 1],
  ['presence_penalty', 1],
  ['stop', ['It']],
  ['max_tokens', 5_000],
  ['seed', 7],
  ['reasoning_effort', 'minimal'],
  ['verbosity', 'low'],
  ['n', 3],
  ['stream_options', { include_usage: true }],
  ['chat', true],
  ['system', true],
]);

describe('What a server does not take is read from', () => {
  it.each([
    [
      'the parameter that it names',
      400,
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
      'unsupported_parameter',
      { part: 'max_tokens' },
    ],
    [
      'words alone, the first named',
      400,
      "Unsupported parameter: 'max_tokens' is not supported. Use 'max_completion_tokens' instead.",
      undefined,
      undefined,
      { part: 'max_tokens' },
    ],
    [
      'a value of which only the default is taken',
      400,
      "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
      'temperature',
      'unsupported_value',
      { part: 'temperature' },
    ],
    [
      'a value of which others are taken',
      400,
      "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. Supported values are: 'low', 'medium', and 'high'.",
      'reasoning_effort',
      'unsupported_value',
      { part: 'reasoning_effort', value: 'minimal' },
    ],
    [
      'a length that is too large',
      400,
      "'max_tokens' is too large: 5000. This model's maximum context length is 4096 tokens.",
      undefined,
      undefined,
      { part: 'max_tokens', value: 5_000 },
    ],
    [
      'an argument that is not recognised',
      400,
      'Unrecognized request argument supplied: reasoning_effort',
      undefined,
      undefined,
      { part: 'reasoning_effort' },
    ],
    [
      'a schema that forbids it, as of vLLM',
      400,
      "[{'type': 'extra_forbidden', 'loc': ('body', 'stream_options'), 'msg': 'Extra inputs are not permitted', 'input': {'include_usage': True}}]",
      undefined,
      undefined,
      { part: 'stream_options' },
    ],
    [
      'a schema that forbids it, as of FastAPI',
      422,
      '[{"type":"extra_forbidden","loc":["body","stop"],"msg":"Extra inputs are not permitted"}]',
      undefined,
      undefined,
      { part: 'stop' },
    ],
    [
      'a model without thoughts, as of Ollama',
      400,
      '"llama3.1:8b" does not support thinking',
      undefined,
      undefined,
      { part: 'reasoning_effort' },
    ],
    ['one choice only, as of llama.cpp', 400, 'Only one completion choice is allowed', undefined, undefined, { part: 'n' }],
    [
      'names in camel case',
      400,
      'Model grok-4 does not support parameter presencePenalty.',
      undefined,
      undefined,
      { part: 'presence_penalty' },
    ],
    ['names in words', 400, 'Frequency penalty is not available for this model', undefined, undefined, { part: 'frequency_penalty' }],
    ['a template without system messages', 400, 'System role not supported', undefined, undefined, { part: 'system' }],
    [
      'a template without system messages that fails',
      500,
      'raise_exception: System role not supported',
      undefined,
      undefined,
      { part: 'system' },
    ],
    [
      'a template that wants turns',
      400,
      'Conversation roles must alternate user/assistant/user/assistant/...',
      undefined,
      undefined,
      { part: 'system' },
    ],
    [
      'the role of a message',
      400,
      "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
      'messages[0].role',
      'unsupported_value',
      { part: 'system' },
    ],
    [
      'a model that does not chat',
      404,
      'This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?',
      'model',
      undefined,
      { part: 'chat' },
    ],
    [
      'a model without a template',
      400,
      'default chat template is no longer allowed, so you must provide a chat template if the tokenizer does not define one.',
      undefined,
      undefined,
      { part: 'chat' },
    ],
  ] as const)('%s', (_, status, message, param, code, refusal) => {
    expect(parseRefusal({ status, message, param, code }, sent)).toEqual(refusal);
  });
});

describe('Nothing is left out for', () => {
  it.each([
    ['a model that is not there', 404, "model 'gone' not found, try pulling it first", undefined, 'model_not_found'],
    [
      'a prompt that is too long',
      400,
      "This model's maximum context length is 4096 tokens. However, your messages resulted in 5000 tokens, and you must reduce them; seed: 7.",
      'messages',
      'context_length_exceeded',
    ],
    ['a server that fails', 500, 'temperature is not supported', 'temperature', undefined],
    ['a key that is refused', 401, "'temperature' is not supported", 'temperature', undefined],
    ['words that only hold a word of ours', 400, 'Invalid request: we had to stop, the seed of doubt is unknown', undefined, undefined],
  ])('%s', (_, status, message, param, code) => {
    expect(parseRefusal({ status, message, param, code }, sent)).toBeUndefined();
  });

  it('a parameter that was not sent, whatever the server says', () => {
    const words = { status: 400, message: "'temperature' is not supported", param: 'temperature' };
    expect(parseRefusal(words, new Map([['top_p', 0.9] as const]))).toBeUndefined();
  });
});
