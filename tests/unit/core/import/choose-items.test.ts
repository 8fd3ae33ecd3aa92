import { expect, it } from 'vitest';
import { chooseItems, groupItems, neededOrigins } from '../../../../src/core/import/choose-items';
import type { ImportItem } from '../../../../src/core/import/import-item';

const items: readonly ImportItem[] = [
  { url: 'https://www.a.example/1', tags: ['sea'] },
  { url: 'https://a.example/2', tags: ['sea', 'moon'], isArchived: true },
  { url: 'http://b.example:8080/', tags: [] },
  { url: 'note:Notes/x.md', tags: ['moon'], text: { kind: 'markdown', content: 'x' } },
];
const nothing = { hosts: new Set<string>(), tags: new Set<string>(), archived: false, saved: new Set<string>() };
const left = (leftOut: Partial<typeof nothing>) => chooseItems(items, { ...nothing, ...leftOut }).map((item) => items.indexOf(item));

it('leaves out by host, tag, archive and what is saved', () => {
  expect(left({})).toEqual([0, 1, 2, 3]);
  expect(left({ hosts: new Set(['a.example']) })).toEqual([2, 3]);
  expect(left({ tags: new Set(['moon']) })).toEqual([0, 2]);
  expect(left({ archived: true })).toEqual([0, 2, 3]);
  expect(left({ saved: new Set(['http://b.example:8080/']) })).toEqual([0, 1, 3]);
});

it('counts hosts and tags, the most frequent first', () => {
  expect(groupItems(items)).toEqual({
    hosts: [
      { name: 'a.example', count: 2 },
      { name: 'b.example', count: 1 },
    ],
    tags: [
      { name: 'moon', count: 2 },
      { name: 'sea', count: 2 },
    ],
    archived: 1,
  });
});

it('needs each host and what is under it when they are few, and nothing for texts', () => {
  expect(neededOrigins(items)).toEqual(['https://*.a.example/*', 'http://*.a.example/*', 'https://*.b.example/*', 'http://*.b.example/*']);
  expect(neededOrigins(items.slice(3))).toEqual([]);
});

it('has no pattern for what is under an address of numbers or a bare name, for there is nothing', () => {
  const local = ['http://127.0.0.1:9/', 'http://localhost/', 'http://[::1]/'].map((url) => ({ url, tags: [] }));
  expect(neededOrigins(local).filter((pattern) => pattern.startsWith('http:'))).toEqual([
    'http://127.0.0.1/*',
    'http://localhost/*',
    'http://[::1]/*',
  ]);
});

it('asks for all sites when there are many', () => {
  const many = Array.from({ length: 11 }, (_, index) => ({ url: `https://host${index}.example/`, tags: [] }));
  expect(neededOrigins(many)).toEqual(['https://*/*', 'http://*/*']);
});
