import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { plainText } from '../../src/core/text/plain-text';
import { type CaptureTab, openCaptureLaboratory } from '../harness/capture-laboratory';
import { type JudgedPage, measureExtraction } from './extraction-measures';

/** Two cores are kept busy: one renders while the other captures. */
const tabs = 2;

export interface ExtractionEvalOptions {
  /** A folder with manifest.jsonl; each line has id, html (the path of a gzipped page) and url, and what is known of the page. */
  readonly data: string;
  /** Where the captured texts are written to, a line of JSON each: id, title, byline, published, lang, text. */
  readonly out: string;
}

interface ManifestEntry {
  readonly id: string;
  readonly html: string;
  readonly url: string;
  readonly mustContain?: readonly string[];
  readonly mustNotContain?: readonly string[];
  readonly expectedHtml?: string;
}

interface CapturedLine {
  readonly id: string;
  readonly text: string;
  readonly title?: string | undefined;
  readonly byline?: string | undefined;
  readonly published?: string | undefined;
  readonly lang?: string | undefined;
}

interface Outcome {
  readonly line: CapturedLine;
  readonly judged: JudgedPage;
  readonly durationMs: number;
  readonly problem?: string | undefined;
}

/**
 * Captures saved pages in a real Chromium, each at its own address, with the code of the content script; then measures the texts.
 * `text` is what a reader sees of the main content: the Markdown without its marks. A page that fails has an empty text and is counted.
 */
export async function runExtractionEval({ data, out }: ExtractionEvalOptions): Promise<void> {
  const startedAt = performance.now();
  const entries = readFileSync(join(data, 'manifest.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as ManifestEntry);
  const outcomes: Outcome[] = [];
  const laboratory = await openCaptureLaboratory();
  try {
    const queue = entries.entries();
    await Promise.all(
      Array.from({ length: tabs }, async () => {
        let tab = await laboratory.openTab();
        for (const [index, entry] of queue) {
          try {
            outcomes[index] = await captureEntry(tab, data, entry);
          } catch (error) {
            outcomes[index] = failed(entry, error instanceof Error ? error.message : String(error));
            await tab.close().catch(() => {});
            tab = await laboratory.openTab();
          }
        }
      }),
    );
  } finally {
    await laboratory.close();
  }
  writeFileSync(out, outcomes.map(({ line }) => `${JSON.stringify(line)}\n`).join(''));
  const problems = outcomes.filter(({ problem }) => problem !== undefined);
  for (const { line, problem } of problems) console.error(`${line.id}: ${problem}`);
  const times = outcomes.filter(({ problem }) => problem === undefined).map(({ durationMs }) => durationMs);
  console.log(
    JSON.stringify({
      pages: outcomes.length,
      failed: problems.length,
      seconds: Math.round((performance.now() - startedAt) / 100) / 10,
      medianCaptureMs: percentile(times, 0.5),
      p99CaptureMs: percentile(times, 0.99),
      ...measureExtraction(outcomes.map(({ judged }) => judged)),
    }),
  );
}

async function captureEntry(tab: CaptureTab, data: string, entry: ManifestEntry): Promise<Outcome> {
  // Some collections name a page by something that is no address.
  const url = /^https?:/.test(entry.url) ? entry.url : `http://page.example/${encodeURIComponent(entry.id)}`;
  await tab.open({ url, body: gunzipSync(readFileSync(join(data, entry.html))) });
  const { capture, durationMs } = await tab.capture();
  if ('problem' in capture) return failed(entry, capture.problem.code);
  const { title, byline, published, language, markdown } = capture.page;
  const text = plainText(markdown);
  return {
    line: { id: entry.id, title, byline, published, lang: language, text },
    judged: { ...entry, text, expected: entry.expectedHtml && (await tab.evaluate<string>(textOf(entry.expectedHtml))) },
    durationMs,
  };
}

function failed(entry: ManifestEntry, problem: string): Outcome {
  const { expectedHtml, ...rest } = entry;
  const expected = expectedHtml?.replace(/<[^>]*>/g, ' ');
  return { line: { id: entry.id, text: '' }, judged: { ...rest, text: '', expected }, durationMs: 0, problem };
}

/** An expression for the text of HTML, with spaces where blocks meet. */
function textOf(html: string): string {
  return `(() => {
    const expected = new DOMParser().parseFromString(${JSON.stringify(html)}, 'text/html');
    for (const block of expected.querySelectorAll('p, div, li, br, td, th, tr, h1, h2, h3, h4, h5, h6, blockquote, pre, figcaption, section, article, dt, dd'))
      block.before(' ');
    return expected.body.textContent;
  })()`;
}

/** In milliseconds, to a tenth. */
function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((one, other) => one - other);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
}
