import { describe, expect, test } from 'vitest';
import type { TuningExample } from '../../../../../src/core/tuning/example';
import { withRunningSummary } from '../../../../../src/core/tuning/forms/running-summary';
import { heldBy } from '../../../../../src/core/tuning/forms/write-examples';

const said = (role: string, content: string) => ({ role, content });
const talk: TuningExample = {
  conversation: [
    said('system', 'Be brief.'),
    said('user', 'Who kept the lamp? I ask for a book.'),
    said('assistant', 'Isa Gray did.\nShe kept it for years.'),
    said('user', 'And before her?'),
    said('assistant', 'Her father.'),
    said('user', 'When was it lit?'),
  ],
  answer: said('assistant', 'In 1931.'),
};

describe('A running summary', () => {
  test('stands for the turns that there is no room for, by the first sentence of each', () => {
    expect(withRunningSummary(talk, 12).conversation).toEqual([
      said('system', 'Be brief.'),
      said('system', 'Summary: User: Who kept the lamp? Assistant: Isa Gray did.'),
      ...talk.conversation.slice(3),
    ]);
  });

  test('leaves the question in any case, and begins with a question', () => {
    expect(withRunningSummary(talk, 0).conversation).toEqual([
      said('system', 'Be brief.'),
      said('system', 'Summary: User: Who kept the lamp? Assistant: Isa Gray did. User: And before her? Assistant: Her father.'),
      said('user', 'When was it lit?'),
    ]);
  });

  test('is not made of a conversation that fits, or that has calls in it', () => {
    expect(withRunningSummary(talk, 1_000)).toBe(talk);
    const calling = { ...talk, conversation: [...talk.conversation, said('tool', 'x')] };
    expect(withRunningSummary(calling, 0)).toBe(calling);
  });

  test('of very many or very long turns has the latest of them, within a bound', () => {
    const turns = Array.from({ length: 200 }, (_, index) => [said('user', `Question ${index}?`), said('assistant', 'word '.repeat(900))]);
    const [summary] = withRunningSummary({ conversation: [...turns.flat(), said('user', 'Last?')] }, 5).conversation;
    expect(summary?.content).toMatch(/^Summary: … /);
    expect(summary?.content).toContain('Question 199?');
    expect(summary?.content).not.toContain('Question 1?');
    expect(summary?.content.length).toBeLessThan(1_300);
  });

  test('is only made for prompts and completions, and stands without the system prompt too', () => {
    expect(heldBy('openai-chat', talk, { summaryBeyondTokens: 0 })?.conversation).toEqual(talk.conversation);
    expect(
      heldBy('completions', talk, { summaryBeyondTokens: 0, withoutSystemPrompt: true })?.conversation.map(({ role }) => role),
    ).toEqual(['system', 'user']);
  });
});
