import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findViolations } from './find-violations';

test('the sources keep to their rooms, and no imports go in a circle', () => {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((path) => `src/${path.replaceAll('\\', '/')}`);
  const sources = new Map(paths.filter((path) => /\.tsx?$/.test(path)).map((path) => [path, readFileSync(path, 'utf8')]));
  expect(sources.size).toBeGreaterThan(50);
  expect(findViolations(sources)).toEqual([]);
});

describe('a violation is noticed:', () => {
  const cases: Record<string, Record<string, string>> = {
    'core reaches for storage': { 'src/core/a.ts': "import { b } from '../storage/b';" },
    'a type counts as much as a value': { 'src/storage/a.ts': "import type { B } from '../models/b';" },
    'an import over several lines': { 'src/view/a.tsx': "import {\n  b,\n  c,\n} from '../protocol/b';" },
    'a re-export': { 'src/models/a.ts': "export * from '../storage/b';" },
    'an import for its effects': { 'src/sidepanel/a.ts': "import '../background/main';" },
    'an import at run time': { 'src/reader/a.ts': "const b = () => import('../storage/b');" },
    'a view imports another view': { 'src/reader/a.ts': "import { b } from '../sidepanel/b';" },
    'the worker runs code of the content script': { 'src/background/a.ts': "import { b } from '../content/b';" },
    'something outside the sources': { 'src/core/a.ts': "import { b } from '../../scripts/b';" },
    'a file in no room': { 'src/a.ts': 'export const a = 1;' },
    'a room nobody planned': { 'src/utils/a.ts': 'export const a = 1;' },
    'idb outside storage': { 'src/background/a.ts': "import { openDB } from 'idb';" },
    'indexedDB outside storage': { 'src/models/a.ts': "indexedDB.deleteDatabase('a');" },
    'storage.local outside storage': { 'src/sidepanel/a.ts': "await browser.storage.local.get('a');" },
    'localStorage of the page that is read': { 'src/content/a.ts': "localStorage.setItem('a', 'b');" },
    'the extension’s own files by another way': { 'src/sidepanel/a.ts': 'await navigator.storage.getDirectory();' },
    'fetch outside models and fetching': { 'src/background/a.ts': "await fetch('https://example.org/');" },
    'another way to the network': { 'src/content/a.ts': "navigator.sendBeacon('/a');" },
    'openai outside models': { 'src/background/a.ts': "import OpenAI from 'openai/index';" },
    'the browser in core': { 'src/core/a.ts': "import browser from 'webextension-polyfill';" },
    'a view library in the worker': { 'src/background/a.ts': "import { signal } from '@preact/signals';" },
  };
  test.each(Object.entries(cases))('%s', (_name, files) => {
    expect(findViolations(new Map(Object.entries(files)))).toHaveLength(1);
  });

  test('a cycle, named from end to end', () => {
    const sources = new Map([
      ['src/core/a.ts', "import { b } from './b';"],
      ['src/core/b.ts', "import { c } from './deeper/c';"],
      ['src/core/deeper/c.ts', "import type { A } from '../a';"],
    ]);
    expect(findViolations(sources)).toEqual(['An import cycle: src/core/a → src/core/b → src/core/deeper/c → src/core/a.']);
  });
});

test('what is allowed is left alone', () => {
  const sources = new Map([
    ['src/background/a.ts', "import captureScript from '../content/capture.ts?script&iife';\nimport { b } from '../storage/b';"],
    ['src/storage/b.ts', "import { openDB } from 'idb';\nimport type { C } from '../core/c';\nindexedDB.open('a');"],
    [
      'src/core/c.ts',
      "// Never import('../storage/b') or fetch('https://example.org/') here.\nexport const address = 'https://example.org/';",
    ],
    ['src/view/translate.ts', "import words from '../../public/_locales/en/messages.json';"],
  ]);
  expect(findViolations(sources)).toEqual([]);
});
