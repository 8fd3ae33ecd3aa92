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
