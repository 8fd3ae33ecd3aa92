import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { maximumImportBytes } from '../../../../src/core/import/import-file';
import { parseFiles } from '../../../../src/core/import/parse-files';
import { problemOf } from '../../../../src/core/problem';
import { archiveOf, parseText, runInPieces } from '../../../support/run-in-pieces';

const code = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return problemOf(error).code;
  }
  return undefined;
};
const parseBytes = (bytes: Uint8Array, path = 'export') => runInPieces(parseFiles([{ path, bytes }]));

const netscape = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1600000000" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
    <DL><p>
        <DT><A HREF="https://lamps.example/oil?a=1&amp;b=2" ADD_DATE="1600000001" ICON="data:image/png;base64,AA==">Oil &amp; lamps</A>
        <DT><H3>Tides</H3>
        <DL><p>
            <DT><A HREF="https://tides.example/" ADD_DATE="1600000002" TAGS="sea,moon">Tides</A>
            <DT><A HREF="javascript:alert(1)">Trick</A>
            <DT><A HREF="file:///etc/passwd">File</A>
            <DT><A HREF="data:text/html,x">Data</A>
        </DL><p>
        <DT><A HREF="https://after.example/">After the folder</A>
    </DL><p>
</DL><p>
`;

describe('A Netscape bookmark file', () => {
  const parsed = parseText(netscape);

  it('gives addresses, titles and dates, with entities decoded', () => {
    expect(parsed.source).toBe('bookmark-file');
    expect(parsed.items[0]).toEqual({
      url: 'https://lamps.example/oil?a=1&b=2',
      title: 'Oil & lamps',
      tags: [],
      savedAt: 1_600_000_001_000,
    });
  });

  it('makes tags of folders, but not of the toolbar, and leaves a folder at its end', () => {
    expect(parsed.items[1]?.tags).toEqual(['sea', 'moon', 'tides']);
    expect(parsed.items[2]).toEqual({ url: 'https://after.example/', title: 'After the folder', tags: [] });
  });

  it('refuses what is no web address, with its line', () => {
    expect(parsed.issues.map(({ reason, line }) => [reason, line])).toEqual([
      ['not-web-address', 12],
      ['not-web-address', 13],
      ['not-web-address', 14],
    ]);
  });
});

describe('The exports of Pocket', () => {
  it('are read as CSV, with several tags and what is archived', () => {
    const parsed = parseText(
      'title,url,time_added,tags,status\nOil,https://lamps.example/oil,1600000001,light|old lamps,archive\n' +
        'https://a.example/,https://a.example/,1600000002,,unread\n',
    );
    expect(parsed.source).toBe('pocket');
    expect(parsed.items).toEqual([
      { url: 'https://lamps.example/oil', title: 'Oil', tags: ['light', 'old lamps'], savedAt: 1_600_000_001_000, isArchived: true },
      { url: 'https://a.example/', tags: [], savedAt: 1_600_000_002_000 },
    ]);
  });

  it('are read as HTML', () => {
    const parsed = parseText(`<!DOCTYPE html><html><head><title>Pocket Export</title></head><body>
<h1>Unread</h1><ul><li><a href="https://a.example/" time_added="1400000000" tags="one,two">A</a></li></ul>
<h1>Read Archive</h1><ul><li><a href="https://b.example/" time_added="1400000001" tags="">B</a></li></ul></body></html>`);
    expect(parsed.source).toBe('pocket');
    expect(parsed.items).toEqual([
      { url: 'https://a.example/', title: 'A', tags: ['one', 'two'], savedAt: 1_400_000_000_000 },
      { url: 'https://b.example/', title: 'B', tags: [], savedAt: 1_400_000_001_000, isArchived: true },
    ]);
  });

  it('are read from the archive that they came in', () => {
    const csv = 'title,url,time_added,tags,status\n';
    const parsed = runInPieces(
      parseFiles([
        archiveOf({
          'part_000000.csv': `${csv}A,https://a.example/,1600000001,,unread\n`,
          'part_000001.csv': `${csv}B,https://b.example/,1600000001,,archive\nA,https://a.example/,1600000001,,unread\n`,
        }),
      ]),
    );
    expect(parsed.items.map(({ url, isArchived }) => [url, isArchived])).toEqual([
      ['https://a.example/', undefined],
      ['https://b.example/', true],
    ]);
    expect(parsed.duplicates).toBe(1);
  });
});

it('reads the CSV of Instapaper: folders are tags, but for those that only say whether a page was read', () => {
  const parsed = parseText(
    'URL,Title,Selection,Folder,Timestamp,Tags\nhttps://a.example/,A,"He said ""no"",\nand left",Unread,1600000000,"[""x"",""y""]"\n' +
      'https://b.example/,B,,Archive,1600000001,[]\nhttps://c.example/,C,,Tides,1600000002,[]\nnonsense,D,,Tides,1600000002,[]\n',
  );
  expect(parsed.source).toBe('instapaper');
  expect(parsed.items.map(({ url, tags, isArchived }) => [url, tags, isArchived])).toEqual([
    ['https://a.example/', ['x', 'y'], undefined],
    ['https://b.example/', [], true],
    ['https://c.example/', ['tides'], undefined],
  ]);
  // The second row stands on two lines.
  expect(parsed.issues).toEqual([{ reason: 'not-web-address', line: 6, excerpt: 'nonsense' }]);
});

it('reads the CSV of Readwise Reader', () => {
  const parsed = parseText(
    'Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\nA,https://a.example/,01,"x, y",2024-01-31 08:15:00+00:00,0.1,archive,True\n',
  );
  expect(parsed.source).toBe('readwise');
  expect(parsed.items).toEqual([
    { url: 'https://a.example/', title: 'A', tags: ['x', 'y'], savedAt: Date.UTC(2024, 0, 31, 8, 15), isArchived: true },
  ]);
});

it('makes one text of the highlights of a book in Readwise', () => {
  const parsed = parseText(
    'Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n' +
      'First,The Sea,Mora,,My note,,,page,1,2023-05-01 10:00:00+00:00,salt\nSecond,The Sea,Mora,,,,,page,2,2023-04-01 10:00:00+00:00,salt\n,The Sea,Mora,,,,,page,3,,\n',
  );
  expect(parsed.items).toEqual([
    {
      url: 'note:Readwise/Mora%3A%20The%20Sea',
      title: 'The Sea',
      tags: ['salt'],
      savedAt: Date.UTC(2023, 3, 1, 10),
      text: { kind: 'markdown', content: 'Mora\n\n> First\n\nMy note\n\n> Second' },
    },
  ]);
  expect(parsed.issues).toEqual([{ reason: 'no-text', line: 4, excerpt: 'The Sea' }]);
});

it('reads an export of Omnivore with its texts', () => {
  const saved = [
    { url: 'https://a.example/', title: 'A', slug: 'a-1', labels: ['x'], savedAt: '2023-01-02T03:04:05.000Z', state: 'Archived' },
    { url: 'https://b.example/', title: 'B', slug: 'b-1', labels: [], savedAt: '2023-01-02T03:04:05.000Z', state: 'Active' },
    7,
  ];
  const parsed = runInPieces(
    parseFiles([archiveOf({ 'metadata_0_to_20.json': JSON.stringify(saved), 'content/a-1.html': '<p>Words', 'highlights/a-1.md': '> x' })]),
  );
  expect(parsed.source).toBe('omnivore');
  expect(parsed.items).toEqual([
    {
      url: 'https://a.example/',
      title: 'A',
      tags: ['x'],
      savedAt: Date.UTC(2023, 0, 2, 3, 4, 5),
      isArchived: true,
      text: { kind: 'html', content: '<p>Words' },
    },
    { url: 'https://b.example/', title: 'B', tags: [], savedAt: Date.UTC(2023, 0, 2, 3, 4, 5) },
  ]);
  expect(parsed.issues).toEqual([{ reason: 'malformed', file: 'metadata_0_to_20.json' }]);
});

describe('Markdown notes', () => {
  const notes = {
    'Notes/oil.md':
      '---\ntitle: "Oil: lamps"\nurl: https://lamps.example/oil\ntags: [light, Old]\ndate: 2024-01-31\n---\n# Heading\n\nWords.\n',
    'Notes/Sea/tides.md': '# Tides\n\n---\nMore words.',
    'Notes/Sea/plain.md': 'Only words.',
    'Notes/broken.md': '---\ntitle: [\n---\nStill words.',
    'Notes/empty.md': '---\ntitle: x\n---\n',
    'Notes/picture.png': 'no text',
  };
  const expected = [
    { url: 'https://lamps.example/oil', title: 'Oil: lamps', tags: ['light', 'old'], savedAt: Date.UTC(2024, 0, 31) },
    { url: 'note:Notes/Sea/tides.md', title: 'Tides', tags: ['sea'] },
    { url: 'note:Notes/Sea/plain.md', title: 'plain', tags: ['sea'] },
    { url: 'note:Notes/broken.md', title: 'broken', tags: [] },
  ];
  const withoutText = (items: readonly { text?: unknown }[]) => items.map(({ text: _, ...item }) => item);

  it('come from an archive or from a folder alike', () => {
    const files = Object.entries(notes).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
    for (const parsed of [runInPieces(parseFiles([archiveOf(notes)])), runInPieces(parseFiles(files))]) {
      expect(parsed.source).toBe('markdown');
      expect(withoutText(parsed.items)).toEqual(expected);
      expect(parsed.items[0]?.text?.content).toBe('# Heading\n\nWords.\n');
      expect(parsed.items[3]?.text?.content).toBe('Still words.');
      expect(parsed.issues).toEqual([{ reason: 'no-text', file: 'Notes/empty.md' }]);
    }
  });
});

it('reads a list in the encoding that its program wrote it in', () => {
  const encode = (text: string, first: number, from: number) =>
    Uint8Array.from(text, (character) => {
      const code = character.charCodeAt(0);
      return code < 0x80 ? code : first + code - from;
    });
  const titles = (bytes: Uint8Array) => runInPieces(parseFiles([{ path: 'export', bytes }])).items.map(({ title }) => title);
  const cyrillic = (text: string) => encode(text, 0xc0, 0x410);
  const title = 'Масляные лампы и приливы';
  const declared = netscape.replace('UTF-8', 'windows-1251').replace('Oil &amp; lamps', title);
  expect(titles(cyrillic(declared))[0]).toBe(title);
  expect(titles(cyrillic(`title,url\n${title},https://lamps.example/\n`))).toEqual([title]);
  const wide = new Uint8Array(new Uint16Array([...'url,title\nhttps://a.example/,Lamps\n'].map((one) => one.charCodeAt(0))).buffer);
  expect(titles(wide)).toEqual(['Lamps']);
});

it('keeps an address once, with all its tags, its earliest date, and archived only if each entry is', () => {
  const parsed = parseText(
    'title,url,time_added,tags,status\nA,https://a.example/?utm_source=x,1600000005,one,archive\n,https://a.example/#part,1600000001,two,unread\n',
  );
  expect(parsed.items).toEqual([{ url: 'https://a.example/?utm_source=x', title: 'A', tags: ['one', 'two'], savedAt: 1_600_000_001_000 }]);
  expect(parsed.duplicates).toBe(1);
});

describe('Refused with what is wrong is', () => {
  it.each([
    ['an empty file', '', 'import-file-empty'],
    ['a file of spaces', ' \n\n ', 'import-file-empty'],
    ['a table without addresses', 'name,phone\nA,1\n', 'import-header-unknown'],
    ['some text', 'Nothing that is a list.', 'import-format-unknown'],
    ['a web page', '<!doctype html><title>x</title><p>No bookmarks, <a href="https://a.example">one link</a>', 'import-format-unknown'],
  ])('%s', (_, text, expected) => {
    expect(code(() => parseText(text))).toBe(expected);
  });

  it('binary garbage', () => {
    const garbage = Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7_919 + (index >> 3) * 31) % 256);
    expect(code(() => parseBytes(garbage))).toBe('import-format-unknown');
  });

  it('every beginning of an archive that is cut off', () => {
    const { bytes } = archiveOf({ 'Notes/a.md': '# A\n\nWords.', 'Notes/b.md': '# B\n\nMore words.' });
    for (let length = 4; length < bytes.length; length += 1) {
      expect(
        code(() => parseBytes(bytes.slice(0, length))),
        `${length} bytes`,
      ).toBe('import-file-broken');
    }
  });

  it('an archive that would burst', () => {
    const zeros = new Uint8Array(20_000_000);
    const bomb = zipSync({ 'a.md': zeros });
    expect(bomb.length).toBeLessThan(100_000);
    expect(code(() => parseBytes(bomb))).toBe('import-archive-too-large');
  });

  it('an archive with more text than is unpacked', () => {
    // Each file is too small to be called a bomb.
    const fileBytes = 9_000_000;
    const files = Math.ceil(maximumImportBytes / fileBytes) + 1;
    const archive = archiveOf(Object.fromEntries(Array.from({ length: files }, (_, index) => [`${index}.md`, 'x'])));
    expect(code(() => parseBytes(tellingSize(archive.bytes, fileBytes)))).toBe('import-archive-too-large');
  });

  it('what an archive unpacks to beyond the size it tells', () => {
    const { bytes } = archiveOf({ 'a.md': 'x'.repeat(1_000) });
    expect(parseBytes(tellingSize(bytes, 10)).items[0]?.text?.content.length).toBeLessThanOrEqual(10);
  });
});

/** The archive as it would be if all its files were said to be of this size: in the central directory that stands 24 bytes after the mark of an entry, PK 1 2. */
function tellingSize(archive: Uint8Array, bytes: number): Uint8Array {
  const lying = archive.slice();
  lying.forEach((byte, at) => {
    const isEntry = byte === 0x50 && lying[at + 1] === 0x4b && lying[at + 2] === 1 && lying[at + 3] === 2;
    if (isEntry) new DataView(lying.buffer).setUint32(at + 24, bytes, true);
  });
  return lying;
}

it('reads 100,000 bookmarks in pieces, so that the panel answers meanwhile', { timeout: 60_000 }, () => {
  const line = (index: number) =>
    `<DT><A HREF="https://host${index % 5_000}.example/page/${index}" ADD_DATE="1600000000">Page ${index}</A>\n`;
  const text = `<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n${Array.from({ length: 100_000 }, (_, index) => line(index)).join('')}</DL>`;
  const work = parseFiles([{ path: 'bookmarks.html', bytes: new TextEncoder().encode(text) }]);
  let pieces = 1;
  let step = work.next();
  for (; !step.done; step = work.next()) pieces += 1;
  expect(step.value.items).toHaveLength(100_000);
  // No piece of more than about a thousand bookmarks.
  expect(pieces).toBeGreaterThan(80);
});

it('refuses without pause one line of nothing but tabs', () => {
  expect(code(() => parseBytes(new TextEncoder().encode(`a${'\t'.repeat(300_000)}`)))).toBe('import-format-unknown');
});
