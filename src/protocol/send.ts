import { type Problem, ProblemError, problemOf } from '../core/problem';

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

/** How long to wait before what reached nobody is sent again, in milliseconds. */
const repeatAfterMs = [100, 400, 1_600];
const nobodyThere = 'Could not establish connection. Receiving end does not exist.';

/**
 * Makes the asking end of a request table.
 * The promise rejects with a `ProblemError`: the receiver's, or `internal` if nothing answered. A request that reached nobody, because the worker was
 * being ended at that very moment, is sent again; one that a worker had begun is not.
 * @param transport carries one envelope over and resolves with the reply, such as `browser.runtime.sendMessage`.
 */
export function createSend<Table extends RequestTable<Table>>(transport: (envelope: Envelope) => Promise<unknown>): Send<Table> {
  return async (name, data) => {
    const envelope = { request: name, data };
    let reply = await carry(transport, envelope);
    for (const waitMs of repeatAfterMs) {
      if (reply) break;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      reply = await carry(transport, envelope);
    }
    if (!reply) throw new ProblemError({ code: 'internal', detail: `Nothing answered “${name}”.` });
    if (!reply.ok) throw new ProblemError(reply.problem);
    return reply.value as never;
  };
}

/** @returns nothing when the envelope reached nobody: the browser then resolves with nothing, or says that nobody is there */
async function carry(transport: (envelope: Envelope) => Promise<unknown>, envelope: Envelope): Promise<Reply | undefined> {
  try {
    return (await transport(envelope)) as Reply | undefined;
  } catch (cause) {
    const problem = problemOf(cause);
    if (problem.detail?.includes(nobodyThere)) return undefined;
    throw new ProblemError(problem, { cause });
  }
}
