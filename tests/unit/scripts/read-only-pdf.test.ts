import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { withoutUnused } from '../../../scripts/vite/read-only-pdf';
import { assemblePdf } from '../../support/write-pdf';

const library = 'node_modules/pdfjs-dist';
// Beside the packages, for what is there is run as it is, without being read by the test runner first.
const folder = mkdtempSync(join('node_modules', '.commonplace-pdf-'));

/** How a PDF is read by the files of pdf.js in a folder. */
type Read = (pdf: Buffer) => Promise<{ texts: readonly string[]; all: unknown }>;

let readWithout: Read;
let readWithAll: Read;

beforeAll(async () => {
  // It is made when the file is loaded, and not used; a browser has it.
  (globalThis as { DOMMatrix?: unknown }).DOMMatrix ??= class {};
  for (const file of ['pdf.mjs', 'pdf.worker.mjs'] as const) {
    writeFileSync(join(folder, file), withoutUnused(readFileSync(join(library, 'legacy/build', file), 'utf8'), file));
  }
  readWithAll = await readerIn(join(library, 'legacy/build'));
  readWithout = await readerIn(folder);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

async function readerIn(place: string): Promise<Read> {
  const load = (file: string) => import(/* @vite-ignore */ pathToFileURL(join(place, file)).href);
  const pdf = (await load('pdf.mjs')) as { getDocument: typeof getDocument };
  const worker: unknown = await load('pdf.worker.mjs');
  return async (bytes) => {
    (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;
    const task = pdf.getDocument({
      data: new Uint8Array(bytes),
      CMapReaderFactory: PackedMaps,
      useWorkerFetch: false,
      disableFontFace: true,
      useSystemFonts: false,
      isEvalSupported: false,
      verbosity: 0,
    });
    const document = await task.promise;
    const pages = [];
    for (let number = 1; number <= document.numPages; number += 1) pages.push(await (await document.getPage(number)).getTextContent());
    const { info } = await document.getMetadata();
    const texts = pages.flatMap(({ items }) => items.flatMap((item) => ('str' in item && item.str.trim() ? [item.str] : [])));
    return { texts, all: { pages, info } };
  };
}

class PackedMaps {
  async fetch({ name }: { name: string }) {
    return { cMapData: new Uint8Array(readFileSync(join(library, 'cmaps', `${name}.bcmap`))), isCompressed: true };
  }
}

const stream = (content: string, entries = '') => `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;
const inlineImage = 'BI /W 8 /H 1 /IM true /BPC 1 ID \xaa EI';

/** Objects 1 to 4 are the catalog, the pages, the one page and what is on it. */
function pageOf(content: string, resources: string, others: readonly string[], entries = ''): Buffer {
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << ${resources} >> ${entries} >>`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /Lang (en) >>',
    '<< /Type /Pages /Count 1 /Kids [3 0 R] >>',
    page,
    stream(content),
    ...others,
  ];
  return assemblePdf(objects, `/Size ${objects.length + 1} /Root 1 0 R`);
}

const helvetica = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';
const tooth = '10 0 0 0 8 8 d1 0 0 8 8 re f';
const drawnFont = (box: string) =>
  `<< /Type /Font /Subtype /Type3 /FontBBox [${box}] /FontMatrix [0.1 0 0 0.1 0 0] /FirstChar 97 /LastChar 98 /Widths [10 10] /CharProcs << /a 6 0 R /b 7 0 R >>
  /Encoding << /Type /Encoding /Differences [97 /a /b] >> >>`;

const pdfs = {
  'pictures between the words, in the page and beside it': {
    pdf: pageOf(
      `BT /F 12 Tf 50 700 Td (Above) Tj ET ${inlineImage} q 90 0 0 90 0 0 cm /I Do /J Do /K Do Q /P sh BT /F 12 Tf 50 500 Td (Below) Tj ET`,
      '/Font << /F 5 0 R >> /XObject << /I 6 0 R /J 7 0 R /K 8 0 R >> /Shading << /P 9 0 R >>',
      [
        helvetica,
        stream(
          'no jpeg',
          '/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /DCTDecode',
        ),
        stream('no jpx', '/Type /XObject /Subtype /Image /Width 8 /Height 8 /Filter /JPXDecode'),
        stream(
          'no fax',
          '/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode',
        ),
        '<< /ShadingType 1 /ColorSpace /DeviceGray >>',
      ],
    ),
    texts: ['Above', 'Below'],
  },
  'letters that are drawn, some of them as pictures': {
    pdf: pageOf('BT /F 1 Tf 20 0 0 20 50 700 Tm (ab) Tj ET', '/Font << /F 5 0 R >>', [
      drawnFont('0 0 8 8'),
      stream(tooth),
      stream(`10 0 0 0 8 8 d1 8 0 0 8 0 0 cm ${inlineImage}`),
    ]),
    texts: ['ab'],
  },
  'drawn letters of a font that says nothing of its size': {
    pdf: pageOf('BT /F 1 Tf 20 0 0 20 50 700 Tm (ab) Tj ET', '/Font << /F 5 0 R >>', [
      drawnFont('0 0 0 0'),
      stream(`10 0 0 0 8 8 d1 8 0 0 8 0 0 cm ${inlineImage}`),
      stream('10 0 d0 0 0 8 8 re f'),
    ]),
    texts: ['ab'],
  },
  'Japanese in a font that is not brought along': {
    pdf: pageOf('BT /F 12 Tf 50 700 Td <65E5672C8A9E> Tj ET', '/Font << /F 5 0 R >>', [
      '<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin-Light /Encoding /UniJIS-UCS2-H /DescendantFonts [6 0 R] >>',
      '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 7 0 R >>',
      '<< /Type /FontDescriptor /FontName /Ryumin-Light /Flags 4 >>',
    ]),
    texts: ['日本語'],
  },
  'a form in the page, notes and fields on it': {
    pdf: pageOf(
      '/X Do BT /F 12 Tf 50 500 Td (Outside) Tj ET',
      '/Font << /F 5 0 R >> /XObject << /X 6 0 R >>',
      [
        helvetica,
        stream(
          'BT /F 12 Tf 50 700 Td (Within) Tj ET',
          '/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F 5 0 R >> >>',
        ),
        '<< /Type /Annot /Subtype /Popup /Rect [0 0 9 9] >>',
        '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (typed) /Rect [0 0 9 9] >>',
      ],
      '/Annots [7 0 R 8 0 R]',
    ),
    texts: ['Within', 'Outside'],
  },
  'a font whose program is broken': {
    pdf: pageOf('BT /F 12 Tf 50 700 Td (Still read) Tj ET', '/Font << /F 5 0 R >>', [
      '<< /Type /Font /Subtype /TrueType /BaseFont /Own /FirstChar 32 /LastChar 33 /Widths [300 300] /Encoding /WinAnsiEncoding /FontDescriptor 6 0 R >>',
      '<< /Type /FontDescriptor /FontName /Own /Flags 32 /FontFile2 7 0 R >>',
      stream('no font'),
    ]),
    texts: ['Still read'],
  },
};

test.each(Object.entries(pdfs))(
  'a PDF is read alike by all of pdf.js and by what is left of it: %s',
  async (_, { pdf, texts }) => {
    const read = await readWithout(pdf);
    expect(read.texts).toEqual(texts);
    expect(read.all).toEqual((await readWithAll(pdf)).all);
  },
  30_000,
);
