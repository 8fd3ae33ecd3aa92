import { describe, expect, it } from 'vitest';
import { checkExamples } from '../../../src/background/tuning/check-examples';
import { exampleRequestHandlers } from '../../../src/background/tuning/example-request-handlers';
import { problemOf } from '../../../src/core/problem';
import { questionOf, type TuningExample } from '../../../src/core/tuning/example';
import type { ExampleId } from '../../../src/core/tuning/stored-example';
import { mostExampleCharactersAtOnce } from '../../../src/protocol/example-requests';
import { temporaryLibrary } from '../../support/temporary-library';

const countTokens = (text: string) => text.split(/\s+/).filter(Boolean).length;
const pair = (question: string, answer: string, besides: Partial<TuningExample> = {}): TuningExample => ({
  conversation: [{ role: 'user', content: question }],
  answer: { role: 'assistant', content: answer },
  ...besides,
});
const set = (count: number) => Array.from({ length: count }, (_, index) => pair(`Question ${index}`, `Answer ${index}`));

async function handlers(examples: readonly TuningExample[] = []) {
  const library = await temporaryLibrary();
  let lastId = 0;
  const told: number[] = [];
  const changed: (ExampleId | undefined)[] = [];
  const all = exampleRequestHandlers({
    openLibrary: async () => library,
    builtInAssistants: () => [],
    countTokens: async () => countTokens,
    checked: (done) => told.push(done),
    changed: (id) => changed.push(id),
    now: () => 5,
    newId: () => `id-${++lastId}`,
  });
  const ask = <Name extends keyof typeof all>(name: Name, data: Parameters<(typeof all)[Name]>[0]) =>
    all[name](data as never, {} as never) as ReturnType<(typeof all)[Name]>;
  await ask('examples/add', { examples, startedAt: 1_000, first: 0 });
  const questions = async (filter: Parameters<(typeof all)['examples/find']>[0]['filter'] = {}) => {
    const { ids } = await ask('examples/find', { filter });
    return (await ask('examples/read', { ids })).map(({ example }) => questionOf(example));
  };
  changed.length = 0;
  return { library, ask, questions, told, changed };
}

describe('a set of examples', () => {
  it('stays in the order of its files', async () => {
    const { ask, questions } = await handlers(set(3));
    await ask('examples/add', { examples: [pair('Later', 'a')], startedAt: 2_000, first: 0 });
    await ask('examples/add', { examples: [pair('More', 'b')], startedAt: 1_000, first: 3 });
    expect(await questions()).toEqual(['Question 0', 'Question 1', 'Question 2', 'More', 'Later']);
  });

  it('is narrowed by words, by a tag, by the side of its split, and by all of them', async () => {
    const { questions, ask } = await handlers([
      pair('Lamps', 'Oil', { tags: ['light', 'sea'], split: 'train' }),
      pair('Tides', 'The moon', { tags: ['sea'], split: 'validation', rejected: { role: 'assistant', content: 'Wind' } }),
      pair('Trams', 'Rails', { source: 'town.csv:3' }),
    ]);
    expect(await questions({ tag: 'sea' })).toEqual(['Lamps', 'Tides']);
    expect(await questions({ split: 'validation' })).toEqual(['Tides']);
    expect(await questions({ tag: 'sea', split: 'train' })).toEqual(['Lamps']);
    expect(await questions({ text: 'WIND' })).toEqual(['Tides']);
    expect(await questions({ text: 'town' })).toEqual(['Trams']);
    expect(await questions({ text: 'o', tag: 'light' })).toEqual(['Lamps']);
    expect((await ask('examples/find', { filter: {} })).tags).toEqual(['light', 'sea']);
  });

  it('is mended example by example, and has removed what is to be', async () => {
    const { ask } = await handlers([pair('Pay?', 'With 4111111111111111, mail me@home.de'), pair('Empty', '')]);
    const { problems } = await ask('examples/check', null);
    const ids = [...new Set(problems.flatMap(({ id, mend }) => (id && mend ? [id] : [])))];
    const mendsOf = (id: ExampleId) => problems.flatMap((problem) => (problem.id === id && problem.mend ? [problem.mend] : []));
    await ask('examples/mend', { examples: ids.map((id) => ({ id, revision: 0, mends: mendsOf(id) })) });
    const left = await ask('examples/read', { ids });
    expect(left.map(({ example }) => example.answer?.content)).toEqual(['With [card number], mail [e-mail address]']);
  });

  it('is split by its seed, and again the same way', async () => {
    const { ask, questions } = await handlers(set(100));
    const { ids } = await ask('examples/find', { filter: {} });
    await ask('examples/split', { ids, seed: 7, validationShare: 0.3 });
    const first = await questions({ split: 'validation' });
    await ask('examples/split', { ids, seed: 8, validationShare: 0.3 });
    expect(await questions({ split: 'validation' })).not.toEqual(first);
    await ask('examples/split', { ids, seed: 7, validationShare: 0.3 });
    expect(await questions({ split: 'validation' })).toEqual(first);
  });

  it('has none come back that is deleted while the set is split', async () => {
    const { ask, questions } = await handlers(set(3));
    const { ids } = await ask('examples/find', { filter: {} });
    await Promise.all([
      ask('examples/split', { ids, seed: 7, validationShare: 0.5 }),
      // Once all have been read, and before any is written.
      Promise.resolve().then(() => ask('examples/delete', { ids: ids.slice(0, 1) })),
    ]);
    expect(await questions()).toEqual(['Question 1', 'Question 2']);
  });

  it('is changed only where it is still what was seen, and tells of what was changed', async () => {
    const { ask, changed } = await handlers([pair('Lamps', 'Oil'), pair('Tides', 'me@home.de')]);
    const [lamps, tides] = (await ask('examples/find', { filter: {} })).ids as [ExampleId, ExampleId];
    const answers = async () => (await ask('examples/read', { ids: [lamps, tides] })).map(({ example }) => example.answer?.content);
    const codeOf = (work: Promise<unknown>) => work.catch((error: unknown) => problemOf(error).code);
    await ask('examples/change', { id: lamps, revision: 0, example: pair('Lamps', 'Gas') });
    expect(changed).toEqual([lamps]);
    expect(await codeOf(ask('examples/change', { id: lamps, revision: 0, example: pair('Lamps', 'Oil', { tags: ['old'] }) }))).toBe(
      'example-changed',
    );
    const redact = { kind: 'redact', what: 'email-address' } as const;
    const mended = [tides, lamps].map((id) => ({ id, revision: 0, mends: [redact] }));
    expect(await codeOf(ask('examples/mend', { examples: mended }))).toBe('example-changed');
    expect(await answers()).toEqual(['Gas', 'me@home.de']);
    expect(changed).toEqual([lamps]);
    await ask('examples/change', { id: lamps, revision: 1, example: pair('Lamps', 'Light') });
    expect(await answers()).toEqual(['Light', 'me@home.de']);
    await ask('examples/delete', { ids: [lamps] });
    expect(await codeOf(ask('examples/change', { id: lamps, revision: 2, example: pair('Lamps', 'Oil') }))).toBe('example-changed');
    expect(await answers()).toEqual(['me@home.de']);
  });

  it('gives no more at once than a message holds, and at least one', async () => {
    const long = 'x'.repeat(mostExampleCharactersAtOnce);
    const { ask } = await handlers([
      pair('Long', long),
      pair('Longer', 'y', { rejected: { role: 'assistant', content: long } }),
      pair('Short', 'z'),
    ]);
    const { ids } = await ask('examples/find', { filter: {} });
    const read = async (from: number) => (await ask('examples/read', { ids: ids.slice(from) })).map(({ example }) => questionOf(example));
    expect([await read(0), await read(1), await read(2)]).toEqual([['Long'], ['Longer'], ['Short']]);
  });

  it('is checked as a whole, with the price of what is trained of it', async () => {
    const { ask } = await handlers([...set(11), pair('Question 0', 'Answer 0'), pair('Apart', 'Yes', { split: 'validation' })]);
    const check = await ask('examples/check', null);
    expect(check).toMatchObject({ examples: 13, validation: 1, level: 'minimum' });
    expect(check.problems.find(({ code }) => code === 'duplicate')).toMatchObject({ line: 12, otherLine: 1, id: expect.any(String) });
    const price = check.prices.find(({ model }) => model === 'gpt-4.1');
    // 12 examples of 2 words a turn, 4 tokens around each turn and 3 around the whole, 8 times.
    expect(price).toMatchObject({ epochs: 8, tokens: 12 * 15, usd: (12 * 15 * 8 * 25) / 1_000_000 });
  });

  it('is checked a slice at a time, and stops when it is told to', async () => {
    const { library } = await handlers(set(20));
    const stop = new AbortController();
    let [time, pauses] = [0, 0];
    const pause = async () => {
      pauses += 1;
      if (pauses === 3) stop.abort();
    };
    const reported: number[] = [];
    const elapsed = () => {
      time += 30;
      return time;
    };
    const check = checkExamples({ library, countTokens, report: (done) => reported.push(done), elapsed, pause }, stop.signal);
    expect(await check.catch((error: unknown) => problemOf(error).code)).toBe('interrupted');
    expect(pauses).toBe(3);
    expect(reported).toHaveLength(3);
  });
});
