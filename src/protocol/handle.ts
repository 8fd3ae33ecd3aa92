import * as v from 'valibot';
import { problemOf } from '../core/problem';
import type { Reply, RequestTable } from './send';

export type Handlers<Table extends RequestTable<Table>, Sender> = {
  readonly [Name in keyof Table]: (data: Table[Name]['data'], sender: Sender) => Promise<Table[Name]['reply']>;
};

/**
 * Makes the schema of each request, so that a payload is checked before anything is done with it. Only when the request comes: there are many more than a worker
 * meets that was just started.
 */
export type Schemas<Table extends RequestTable<Table>> = {
  readonly [Name in keyof Table]: () => v.GenericSchema<unknown, Table[Name]['data']>;
};

const envelopeSchema = v.object({ request: v.string(), data: v.optional(v.unknown(), null) });

/**
 * Makes the answering end of a request table. The result takes a message and its sender, and gives the promise of a reply,
 * or `undefined` when the message is not in this table or the sender may not use it: then it is another listener's to answer.
 */
export function createHandle<Table extends RequestTable<Table>, Sender>(
  handlers: Handlers<Table, Sender>,
  schemas: Schemas<Table>,
  mayAsk: (sender: Sender) => boolean,
): (message: unknown, sender: Sender) => Promise<Reply> | undefined {
  return (message, sender) => {
    const envelope = v.safeParse(envelopeSchema, message);
    if (!envelope.success || !Object.hasOwn(handlers, envelope.output.request) || !mayAsk(sender)) return undefined;
    const name = envelope.output.request as keyof Table;
    const data = v.safeParse(schemas[name](), envelope.output.data);
    if (!data.success) {
      const detail = `Malformed “${String(name)}”: ${data.issues[0].message}`;
      return Promise.resolve({ ok: false, problem: { code: 'internal', detail } });
    }
    return handlers[name](data.output, sender).then(
      (value): Reply => ({ ok: true, value }),
      (error: unknown): Reply => ({ ok: false, problem: problemOf(error) }),
    );
  };
}
