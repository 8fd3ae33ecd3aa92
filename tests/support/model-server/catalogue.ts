export interface ChatModelEntry {
  readonly kind: 'chat';
  /** The most tokens a prompt may have. */
  readonly contextTokens: number;
  /** True for a model that refuses sampling parameters and `max_tokens`, as OpenAI's reasoning models do. */
  readonly reasons: boolean;
  /** True for a model that says what the test told it to instead of reading its prompt. */
  readonly scripted: boolean;
}

export interface EmbeddingModelEntry {
  readonly kind: 'embedding';
  readonly dimensions: number;
}

export type ModelEntry = ChatModelEntry | EmbeddingModelEntry;
export type Catalogue = ReadonlyMap<string, ModelEntry>;

/**
 * The models on offer.
 * @param contextTokens a smaller or larger context for some chat models, by model id.
 */
export function createCatalogue(contextTokens: Readonly<Record<string, number>> = {}): Catalogue {
  const chat = (id: string, reasons: boolean, scripted: boolean): [string, ModelEntry] => [
    id,
    { kind: 'chat', contextTokens: contextTokens[id] ?? 128_000, reasons, scripted },
  ];
  return new Map<string, ModelEntry>([
    chat('test-chat', false, false),
    chat('test-reasoner', true, false),
    chat('test-scripted', false, true),
    ['test-embedding-small', { kind: 'embedding', dimensions: 256 }],
    ['test-embedding-large', { kind: 'embedding', dimensions: 1_536 }],
  ]);
}
