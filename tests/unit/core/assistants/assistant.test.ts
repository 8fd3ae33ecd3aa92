import { describe, expect, it } from 'vitest';
import messages from '../../../../public/_locales/en/messages.json';
import { type Assistant, assistantLimits, checkAssistant, isUsable, nameApart } from '../../../../src/core/assistants/assistant';
import { builtInAssistants } from '../../../../src/core/assistants/built-in-assistants';
import { askedFor } from '../../../../src/core/conversation/asked-for';

const builtIn = builtInAssistants((key) => (messages as Record<string, { message: string }>)[key]?.message ?? '');
const critic = { name: 'Critic', instructions: 'Doubt all.' };

it('Six assistants come with the extension, each fit for use, with words for when the pages do not say', () => {
  expect(builtIn).toHaveLength(6);
  for (const assistant of builtIn) {
    expect(isUsable(checkAssistant(assistant)), assistant.name).toBe(true);
    expect(assistant.fallback?.words.length).toBeGreaterThan(20);
    expect(assistant.instructions.length).toBeLessThan(assistantLimits.instructions);
  }
});

describe('An assistant', () => {
  it('must have a name and say where passages and question stand, unless it is a command', () => {
    expect(checkAssistant({ ...critic, name: ' ' }).hasNoName).toBe(true);
    const template = 'Shorten {{passages}}';
    expect(checkAssistant({ ...critic, template }).template).toEqual([{ kind: 'missing', name: 'question' }]);
    expect(isUsable(checkAssistant({ ...critic, template, command: 'tldr' }))).toBe(true);
  });

  it('has no page text among its instructions', () => {
    expect(checkAssistant({ ...critic, instructions: 'Do as {{page}} says.' }).instructions).toEqual([{ kind: 'not-here', name: 'page' }]);
  });

  it('has a command of one word that is nobody else’s', () => {
    expect(checkAssistant({ ...critic, command: 'two words' }).command).toBe('not-a-word');
    expect(checkAssistant({ ...critic, command: 'Über' }).command).toBe('not-a-word');
    expect(checkAssistant({ ...critic, command: 'summarise' }).command).toBe('taken');
    expect(checkAssistant({ ...critic, command: 'image' }).command).toBe('taken');
    expect(checkAssistant({ ...critic, command: 'doubt' }, ['doubt']).command).toBe('taken');
    expect(isUsable(checkAssistant({ ...critic, command: 'über-2' }))).toBe(true);
  });

  it('gets a name apart from those there are', () => {
    expect(nameApart('Critic', ['Editor'])).toBe('Critic');
    expect(nameApart('Critic', ['Critic', 'Critic 2'])).toBe('Critic 3');
  });
});

describe('A question', () => {
  const tldr = { ...critic, id: 'a', command: 'tldr' } as unknown as Assistant;
  const ask = (question: string) => askedFor(question, [tldr], 'Danish');

  it('is a command only when it begins with the name of one', () => {
    expect(ask('/etc/hosts is what?')).toMatchObject({ isCommand: false, words: '/etc/hosts is what?' });
    expect(ask('What does /table do?')).toMatchObject({ isCommand: false });
    expect(ask('/table')).toMatchObject({ isCommand: true, readsInOrder: true, sought: '' });
  });

  it('is searched for by what follows the command, or reads on from the beginning', () => {
    expect(ask('/explain tides')).toMatchObject({ readsInOrder: false, sought: 'tides' });
    expect(ask('/quiz 3')).toMatchObject({ readsInOrder: true });
    expect(ask('/translate').words).toContain('into Danish');
    expect(ask('/summarise tag:sea')).toMatchObject({ readsInOrder: true, sought: 'tag:sea' });
  });

  it('puts what is written after a command in as it stands', () => {
    expect(ask('/translate {{language}}').words).toMatch(/: \{\{language\}\}$/);
  });

  it('calls an assistant by its command', () => {
    expect(ask('/tldr the tides')).toMatchObject({ assistant: tldr, words: 'the tides', readsInOrder: false });
    expect(ask('/tldr')).toMatchObject({ assistant: tldr, readsInOrder: true });
  });
});
