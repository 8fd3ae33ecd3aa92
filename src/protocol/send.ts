import { type Problem, ProblemError } from '../core/problem';

/** A table of requests: for each name, what goes in and what comes back. */
export type RequestTable<Table> = { [Name in keyof Table]: { data: unknown; reply: unknown } };

/** What travels towards the receiver. */
export interface Envelope {
  readonly request: string;
  readonly data: unknown;
}

/** What travels back. */
export type Reply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: Problem };

export type Send<Table extends RequestTable<Table>> = <Name extends keyof Table & string>(
  name: Name,
  data: Table[Name]['data'],
) => Promise<Table[Name]['reply']>;

/**
 * Makes the asking end of a request table.
 * The promise rejects with a `ProblemError`: the receiver's, or `internal` if nothing answered.
 * @param transport carries one envelope over and resolves with the reply, such as `browser.runtime.sendMessage`.
 */
export function createSend<Table extends RequestTable<Table>>(transport: (envelope: Envelope) => Promise<unknown>): Send<Table> {
  return async (name, data) => {
    let reply: Reply | undefined;
    try {
      reply = (await transport({ request: name, data })) as Reply | undefined;
    } catch (cause) {
      throw new ProblemError({ code: 'internal', detail: cause instanceof Error ? cause.message : String(cause) }, { cause });
    }
    if (!reply) throw new ProblemError({ code: 'internal', detail: `Nothing answered “${name}”.` });
    if (!reply.ok) throw new ProblemError(reply.problem);
    return reply.value as never;
  };
}
