import type { TuningExample } from '../example';
import { type Complain, isRecord } from './parse-messages';

type Description = Readonly<Record<string, unknown>>;

/**
 * Descriptions of functions as the API takes them, `{type: 'function', function}` each. In older sets they are bare (`functions`), in others JSON in a string.
 * @returns `undefined` for what describes no functions
 */
export function toolList(value: unknown): readonly Description[] | undefined {
  const tools = typeof value === 'string' ? parsed(value) : value;
  if (!Array.isArray(tools)) return undefined;
  const described = tools.map(describe);
  return described.some((tool) => tool === undefined) ? undefined : (described as Description[]);
}

/** Reads what a file has of them; what describes no functions is named, and left out. */
export function readTools(value: unknown, place: string, complain: Complain): Pick<TuningExample, 'tools'> {
  if (value === undefined || value === null || value === '') return {};
  const tools = toolList(value);
  if (!tools) complain('wrong-type', place);
  return normalTools(tools);
}

/** What of an example's tools a file can have. */
export function normalTools(value: unknown): Pick<TuningExample, 'tools'> {
  const tools = toolList(value);
  return tools && tools.length > 0 ? { tools: JSON.stringify(tools) } : {};
}

/** The names of the functions that a list of descriptions, as JSON, describes. */
export function toolNames(tools: string | undefined): ReadonlySet<string> {
  return new Set(toolList(tools)?.map((tool) => (isRecord(tool.function) ? String(tool.function.name ?? '') : '')));
}

function describe(tool: unknown): Description | undefined {
  if (!isRecord(tool)) return undefined;
  if (isRecord(tool.function)) return tool;
  return typeof tool.name === 'string' ? { type: 'function', function: tool } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
