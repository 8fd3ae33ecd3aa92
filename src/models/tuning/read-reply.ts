import * as v from 'valibot';
import { ProblemError } from '../../core/problem';

/** @throws ProblemError `tuning-malformed`, with where the reply is not as it must be */
export function readReply<Schema extends v.GenericSchema>(schema: Schema, reply: unknown): v.InferOutput<Schema> {
  const read = v.safeParse(schema, reply);
  if (read.success) return read.output;
  const [issue] = read.issues;
  const place = issue && v.getDotPath(issue);
  throw new ProblemError({ code: 'tuning-malformed', detail: place ?? 'not an object' });
}

/** What is no such thing in a list is left out. */
export function readList<Schema extends v.GenericSchema>(schema: Schema, list: readonly unknown[]): v.InferOutput<Schema>[] {
  return list.flatMap((item) => {
    const read = v.safeParse(schema, item);
    return read.success ? [read.output] : [];
  });
}

/** Wherever a server says something else in its place, it says nothing. */
export const optional = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.optional(v.fallback(v.nullable(schema), null as never)),
    v.transform((value) => value ?? undefined),
  );

export const name = v.pipe(v.string(), v.minLength(1), v.maxLength(300));
/** What a server says to people; no more of it than they would read. */
export const words = v.pipe(
  v.string(),
  v.transform((text) => (text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text)),
);
const mostCharacters = 1_000;
const latestSeconds = 1e11;
/** Seconds since 1970 as milliseconds. */
export const seconds = v.pipe(
  v.number(),
  v.minValue(0),
  v.maxValue(latestSeconds),
  v.transform((value) => Math.round(value * 1_000)),
);
export const count = v.pipe(v.number(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER), v.transform(Math.round));
