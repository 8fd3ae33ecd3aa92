import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { conversationLineSchema } from '../../../src/background/data/backup-schemas';
import { restoredSettingsSchema } from '../../../src/background/data/restored-settings';
import { knownRefusals } from '../../../src/background/model-access/known-refusals';
import { refusedByFamily } from '../../../src/core/models/model-families';
import { parametersLeftOut, takesParameter } from '../../../src/core/models/refusals';

describe('What a model is known to refuse', () => {
  it.each([
    ['o3-mini', 'temperature', false],
    ['openai/o3', 'temperature', false],
    ['o3-mini', 'reasoningEffort', true],
    ['gpt-5-mini', 'topP', false],
    ['gpt-5-mini', 'verbosity', true],
    ['gpt-5-chat-latest', 'temperature', true],
    ['gpt-5-chat-latest', 'reasoningEffort', false],
    ['gpt-4o-mini', 'verbosity', false],
    ['gpt-4o-mini', 'seed', true],
    ['o1-mini', 'systemMessage', false],
    ['gpt-3.5-turbo-instruct', 'systemMessage', false],
    ['llama-3.1-8b', 'reasoningEffort', true],
    ['olmo-2', 'temperature', true],
  ] as const)('by its name: %s, %s', (model, parameter, isTaken) => {
    expect(takesParameter(refusedByFamily(model), parameter)).toBe(isTaken);
  });

  it('does not leave out the length of the answer, which goes by another name', () => {
    expect(takesParameter(refusedByFamily('gpt-5'), 'maximumTokens')).toBe(true);
  });

  it('is what it is asked as, if the person says so', () => {
    const parts = (...args: Parameters<typeof knownRefusals>) => knownRefusals(...args).map(({ part }) => part);
    expect(parts('any', [{ part: 'chat' }], undefined)).toContain('chat');
    expect(parts('any', [{ part: 'chat' }], 'chat')).not.toContain('chat');
    expect(parts('any', [], 'completions')).toContain('chat');
  });

  it('may be one value of a parameter', () => {
    const refusals = [{ part: 'reasoning_effort', value: 'minimal' }] as const;
    expect(takesParameter(refusals, 'reasoningEffort')).toBe(true);
    expect(parametersLeftOut({ reasoningEffort: 'minimal', temperature: 1 }, refusals)).toEqual(['reasoningEffort']);
    expect(parametersLeftOut({ reasoningEffort: 'low' }, refusals)).toEqual([]);
  });
});

describe('Parameters in a backup', () => {
  const restored = (parameters: unknown) => v.parse(restoredSettingsSchema, { modelSettings: { parameters } }).modelSettings?.parameters;

  it('come back as they were', () => {
    expect(restored({ temperature: 0.5, stop: ['It'], answers: 2 })).toEqual({ temperature: 0.5, stop: ['It'], answers: 2 });
  });

  it('are left to the server when they are of no use', () => {
    expect(restored({ temperature: 50 })).toEqual({});
    expect(restored('hot')).toEqual({});
  });
});

it('What a restored answer says was left out is something that can be left out', () => {
  const line = (leftOut: unknown) => ({
    conversation: { id: 'c', title: 'Lamps', createdAt: 1, updatedAt: 1 },
    messages: [
      {
        id: 'a',
        conversationId: 'c',
        role: 'answer',
        createdAt: 1,
        text: 'It was lit.',
        kind: 'written',
        status: 'complete',
        sources: [],
        report: { pagesSearched: 1, passagesUsed: 1, pagesUsed: 1 },
        durationMs: 1,
        leftOut,
      },
    ],
  });
  const isTaken = (leftOut: unknown) => v.safeParse(conversationLineSchema, line(leftOut)).success;
  expect(isTaken(['temperature', 'chat'])).toBe(true);
  expect(isTaken('temperature')).toBe(false);
  expect(isTaken(['<script>'])).toBe(false);
});
