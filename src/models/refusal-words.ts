import { APIError } from 'openai';
import type { RefusalWords } from '../core/models/parse-refusal';

const maximumCharacters = 4_000;

/** What a server said when it refused a request, those words included that a router hands on from the server behind it. */
export function refusalWords(error: unknown): RefusalWords | undefined {
  if (!(error instanceof APIError) || typeof error.status !== 'number') return undefined;
  const details: unknown = error.error;
  const behind = details && typeof details === 'object' && 'metadata' in details ? JSON.stringify(details.metadata) : '';
  return {
    status: error.status,
    // Quotation marks inside of what is handed on come escaped.
    message: `${error.message} ${behind.replaceAll('\\', '')}`.slice(0, maximumCharacters),
    param: textOf(error.param),
    code: textOf(error.code),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
