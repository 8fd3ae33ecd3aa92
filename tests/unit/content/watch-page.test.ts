import { describe, expect, it } from 'vitest';
import { watchPage } from '../../../src/content/watch-page';
import type { Reply } from '../../../src/protocol/send';

/** A page, its clock, and a worker that answers as the test says. */
function setUp(answers: readonly (Reply | 'nothing' | Error | undefined)[]) {
  const asked: string[] = [];
  const left = [...answers];
  let time = 0;
  let timer: { at: number; act: () => void } | undefined;
  const page = { url: 'https://a.example/one', isInView: true };
  const look = watchPage({
    address: () => page.url,
    isInView: () => page.isInView,
    hasSecretField: () => false,
    send(name, { url }) {
      asked.push(`${time} ${name} ${new URL(url).pathname}`);
      const answer = left.shift();
      if (answer instanceof Error) return Promise.reject(answer);
      return answer && Promise.resolve(answer === 'nothing' ? undefined : answer);
    },
    now: () => time,
    after(delayMs, act) {
      const own = { at: time + delayMs, act };
      timer = own;
      return () => {
        if (timer === own) timer = undefined;
      };
    },
  });
  return {
    asked,
    page,
    look,
    hasTimer: () => timer !== undefined,
    async pass(ms: number) {
      const until = time + ms;
      await new Promise((resolve) => setTimeout(resolve));
      while (timer && timer.at <= until) {
        const { at, act } = timer;
        timer = undefined;
        time = at;
        act();
        await new Promise((resolve) => setTimeout(resolve));
      }
      time = until;
    },
    set(change: Partial<typeof page>) {
      Object.assign(page, change);
      look();
    },
  };
}

const waitFor = (askAfterMs: number | null): Reply => ({ ok: true, value: { askAfterMs } });

describe('A watched page', () => {
  it('says that it is shown, and asks after as long as it is told, once', async () => {
    const { asked, pass, hasTimer } = setUp([waitFor(5_000), waitFor(null)]);
    await pass(20_000);
    expect(asked).toEqual(['0 watch/shown /one', '5000 watch/read /one']);
    expect(hasTimer()).toBe(false);
  });

  it('counts the time in view only', async () => {
    const { asked, pass, set, hasTimer } = setUp([waitFor(5_000), waitFor(null)]);
    await pass(3_000);
    set({ isInView: false });
    expect(hasTimer()).toBe(false);
    await pass(60_000);
    set({ isInView: true });
    await pass(1_900);
    expect(asked).toHaveLength(1);
    await pass(200);
    expect(asked).toEqual(['0 watch/shown /one', '65000 watch/read /one']);
  });

  it('says nothing before it is first shown', async () => {
    const { asked, page, look, pass } = setUp([waitFor(null), waitFor(1_000)]);
    asked.length = 0;
    page.isInView = false;
    page.url = 'https://a.example/two';
    look();
    await pass(9_000);
    expect(asked).toEqual([]);
  });

  it('begins anew on another route, and not on another fragment or tracking parameter', async () => {
    const { asked, pass, set } = setUp([waitFor(5_000), waitFor(5_000), waitFor(null)]);
    await pass(3_000);
    set({ url: 'https://a.example/one?utm_source=x#part' });
    await pass(1_000);
    set({ url: 'https://a.example/two' });
    await pass(4_000);
    expect(asked).toEqual(['0 watch/shown /one', '4000 watch/shown /two']);
    await pass(2_000);
    expect(asked.slice(2)).toEqual(['9000 watch/read /two']);
  });

  it('takes no order for a page that is no longer there', async () => {
    const { asked, pass, set } = setUp([waitFor(1_000), waitFor(null)]);
    set({ url: 'https://a.example/two' });
    await pass(5_000);
    expect(asked).toEqual(['0 watch/shown /one', '0 watch/shown /two']);
  });

  it('notices another address by itself at the latest when it would ask', async () => {
    const { asked, page, pass } = setUp([waitFor(5_000), waitFor(null)]);
    await pass(1_000);
    page.url = 'https://a.example/two';
    await pass(10_000);
    expect(asked).toEqual(['0 watch/shown /one', '5000 watch/shown /two']);
  });

  it('asks again when the worker died before it answered, and goes on asking as it is told', async () => {
    const { asked, pass } = setUp([waitFor(1_000), new Error('The message port closed.'), waitFor(60_000), waitFor(null)]);
    await pass(70_000);
    expect(asked).toEqual(['0 watch/shown /one', '1000 watch/read /one', '3000 watch/read /one', '63000 watch/read /one']);
  });

  it('asks again when the worker was ended before the question was read to it', async () => {
    const { asked, pass } = setUp([waitFor(1_000), 'nothing', waitFor(null)]);
    await pass(70_000);
    expect(asked).toEqual(['0 watch/shown /one', '1000 watch/read /one', '3000 watch/read /one']);
  });

  it('tells again that it is shown when the worker died before it said how long to wait', async () => {
    const { asked, pass } = setUp([new Error('The message port closed.'), waitFor(5_000), waitFor(null)]);
    await pass(20_000);
    expect(asked).toEqual(['0 watch/shown /one', '2000 watch/shown /one', '7000 watch/read /one']);
  });

  it('does nothing more when the extension is gone', async () => {
    const { asked, pass, hasTimer } = setUp([undefined]);
    await pass(70_000);
    expect(asked).toHaveLength(1);
    expect(hasTimer()).toBe(false);
  });

  it('says that it is shown when it comes back from the browser’s memory of pages', async () => {
    const { asked, look, pass } = setUp([waitFor(null), waitFor(null)]);
    await pass(1_000);
    look(true);
    await pass(1_000);
    expect(asked).toEqual(['0 watch/shown /one', '1000 watch/shown /one']);
  });
});
