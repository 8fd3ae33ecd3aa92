import { isRecord } from './parse-messages';
import { toolList } from './read-tools';

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
  return new Set(toolList(tools)?.map((tool) => (isRecord(tool.function) ? String(tool.function.name ?? '') : '')));
}
