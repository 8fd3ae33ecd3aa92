import { describe, expect, it } from 'vitest';
import { type ProblemCode, problemOf } from '../../../src/core/problem';
import { createSend, type Reply } from '../../../src/protocol/send';

type Requests = { 'page/count': { data: null; reply: number } };

/** What the browser does with each message in turn: carries a reply back, resolves with nothing, or rejects. */
function askBy(...outcomes: readonly (Reply | undefined | Error)[]) {
  const left = [...outcomes];
  let sent = 0;
  const send = createSend<Requests>(async () => {
    sent += 1;
    const outcome = left.length > 1 ? left.shift() : left[0];
    if (outcome instanceof Error) throw outcome;
    return outcome;
  });
  const asked = send('page/count', null).catch((error: unknown): ProblemCode => problemOf(error).code);
  return { asked, sent: () => sent };
}

const three: Reply = { ok: true, value: 3 };

describe('A request', () => {
  it('is sent again when it reached nobody', async () => {
    const { asked, sent } = askBy(undefined, new Error('Could not establish connection. Receiving end does not exist.'), three);
    expect(await asked).toBe(3);
    expect(sent()).toBe(3);
  });

  it('is not sent again when it may have been begun', async () => {
    const { asked, sent } = askBy(new Error('A listener indicated an asynchronous response, but the message channel closed.'), three);
    expect(await asked).toBe('internal');
    expect(sent()).toBe(1);
  });

  it('fails in the end when nobody ever answers', async () => {
    expect(await askBy(undefined).asked).toBe('internal');
  });

  it('tells that the one who sent it is being ended itself', async () => {
    expect(await askBy(new Error('No SW')).asked).toBe('interrupted');
  });
});
