export function isWholeJsonObject(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** Whether arguments are an object's JSON put into JSON once more, which can be undone. */
export function isWrappedTwice(text: string): boolean {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'string' && isWholeJsonObject(value);
  } catch {
    return false;
  }
}

/** The names of the functions that a list of descriptions, as JSON, describes. */
export function toolNames(tools: string | undefined): ReadonlySet<string> {
  if (tools === undefined) return new Set();
  try {
    const described = JSON.parse(tools) as unknown;
    if (!Array.isArray(described)) return new Set();
    return new Set(
      described.map((tool: { readonly name?: unknown; readonly function?: { readonly name?: unknown } } | null) =>
        String(tool?.function?.name ?? tool?.name ?? ''),
      ),
    );
  } catch {
    return new Set();
  }
}
