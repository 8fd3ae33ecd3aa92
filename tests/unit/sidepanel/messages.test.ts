import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import messages from '../../../public/_locales/en/messages.json';

const words = Object.entries(messages as Record<string, { message: string }>);

it('has no word that nothing shows', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join('src', path), 'utf8'));
  const everything = [...sources, readFileSync('manifest.json', 'utf8')].join('\n');
  const isUsed = (key: string) =>
    everything.includes(`'${key.replace(/_(one|other)$/, '')}'`) ||
    everything.includes(`'${key}'`) ||
    everything.includes(`__MSG_${key}__`);
  // These are put together from a code, a step, a state, a view, a command, an assistant or the number of an example.
  const unused = words
    .filter(
      ([key]) =>
        !/^(problem|step|view|command|assistant|import_(source|issue|state)|tuning_(problem|level|form|name|severity|split)|tune_(way|column)|judge_(state|answer)|marv_(question|answer|step))_/.test(
          key,
        ) && !isUsed(key),
    )
    .map(([key]) => key);
  expect(unused).toEqual([]);
});

it('speaks plainly', () => {
  const loud = words.filter(([, { message }]) => /!|\bAI\b|\boops\b|\bplease\b/i.test(message)).map(([key]) => key);
  expect(loud).toEqual([]);
});

it('numbers its substitutions without a gap', () => {
  const gaps = words.filter(([, { message }]) => {
    const numbers = new Set(message.match(/\$\d/g));
    return [...numbers].some((_, index) => !numbers.has(`$${index + 1}`));
  });
  expect(gaps).toEqual([]);
});

it('leaves the sign of a currency to the amount', () => {
  // The browser makes two signs of «$$$1», not one and the substitution.
  const doubled = words.filter(([, { message }]) => message.includes('$$')).map(([key]) => key);
  expect(doubled).toEqual([]);
});
