import type { LearnedItem } from './tuning/training-data';

export interface ChatModelEntry {
  readonly kind: 'chat';
  /** The most tokens a prompt may have. */
  readonly contextTokens: number;
  /** True for a model that refuses sampling parameters and `max_tokens`, as OpenAI's reasoning models do. */
  readonly reasons: boolean;
  /** True for a model that says what the test told it to instead of reading its prompt. */
  readonly scripted: boolean;
  /** Gives one answer however many are asked for, and says nothing about it. */
  readonly ignoresN?: boolean;
  /** Has no place for a message of role `system`, as templates of some open models. */
  readonly refusesSystem?: boolean;
  /** What a tuned model was trained on. */
  readonly learned?: readonly LearnedItem[];
  /** Cannot be told to write JSON, as models behind some local servers. */
  readonly writesProse?: boolean;
}

/** A model that only goes on with a text. */
export interface CompletionModelEntry {
  readonly kind: 'completion';
  readonly contextTokens: number;
}

export interface EmbeddingModelEntry {
  readonly kind: 'embedding';
  readonly dimensions: number;
}

export interface ImageModelEntry {
  readonly kind: 'image';
  /** Absent for a model that gives the picture itself; `own` for one that may be told to; else the address that it gives in any case. */
  readonly links?: string;
}

export type ModelEntry = ChatModelEntry | CompletionModelEntry | EmbeddingModelEntry | ImageModelEntry;
export type Catalogue = ReadonlyMap<string, ModelEntry>;

/**
 * The models on offer.
 * @param contextTokens a smaller or larger context for some chat models, by model id.
 */
export function createCatalogue(contextTokens: Readonly<Record<string, number>> = {}): Map<string, ModelEntry> {
  const chat = (id: string, reasons: boolean, scripted: boolean, manner: Partial<ChatModelEntry> = {}): [string, ModelEntry] => [
    id,
    { kind: 'chat', contextTokens: contextTokens[id] ?? 128_000, reasons, scripted, ...manner },
  ];
  return new Map<string, ModelEntry>([
    chat('test-chat', false, false),
    chat('test-reasoner', true, false),
    chat('test-scripted', false, true),
    chat('test-single', false, true, { ignoresN: true }),
    chat('test-prose', false, true, { writesProse: true }),
    chat('test-rolebound', false, false, { refusesSystem: true }),
    ['test-completions', { kind: 'completion', contextTokens: contextTokens['test-completions'] ?? 128_000 }],
    ['test-embedding-small', { kind: 'embedding', dimensions: 256 }],
    ['test-embedding-large', { kind: 'embedding', dimensions: 1_536 }],
    ['gpt-image-test', { kind: 'image' }],
    ['test-image', { kind: 'image', links: 'own' }],
    ['test-image-elsewhere', { kind: 'image', links: 'https://pictures.example/made.png' }],
  ]);
}
