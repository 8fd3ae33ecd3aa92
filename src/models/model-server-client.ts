import type OpenAI from 'openai';

/** The groups of calls of the openai package that the build keeps: the others would make up a quarter of the worker's code. */
export const keptResources = [
  'chat',
  'completions',
  'embeddings',
  'files',
  'fineTuning',
  'images',
  'models',
  'uploads',
] as const satisfies readonly (keyof OpenAI)[];

/** A client of a model server, with those calls. */
export type ModelServerClient = Pick<OpenAI, (typeof keptResources)[number]>;
