import type { TuningExample } from './example';

/** How long an example is where it is sent or written, in characters: all of it, with what JSON adds. */
export function exampleCharacters(example: TuningExample): number {
  return JSON.stringify(example).length;
}
