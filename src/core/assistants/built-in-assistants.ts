import type { Assistant, AssistantId } from './assistant';

const names = ['researcher', 'explainer', 'critic', 'editor', 'support', 'tutor'] as const;
type BuiltInName = (typeof names)[number];

type Part = 'name' | 'instructions' | 'tone' | 'fallback' | 'contact';
export type BuiltInWord = `assistant_${BuiltInName}_${Part}`;

const withTone: readonly BuiltInName[] = ['explainer', 'support', 'tutor'];

/** The assistants that come with the extension, in the words of the person's language. They cannot be changed or deleted, but copied and hidden. */
export function builtInAssistants(word: (key: BuiltInWord) => string): Assistant[] {
  return names.map((name) => ({
    id: `built-in:${name}` as AssistantId,
    name: word(`assistant_${name}_name`),
    instructions: word(`assistant_${name}_instructions`),
    ...(withTone.includes(name) ? { tone: word(`assistant_${name}_tone`) } : {}),
    fallback: { words: word(`assistant_${name}_fallback`), contact: name === 'support' ? word('assistant_support_contact') : '' },
  }));
}

export function isBuiltIn(id: AssistantId): boolean {
  return id.startsWith('built-in:');
}
