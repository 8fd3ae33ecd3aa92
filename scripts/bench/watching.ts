import { statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type LaunchedExtension, launchExtension } from '../../tests/support/extension';
import { sendFrom } from '../../tests/support/panel';
import { startSite } from '../../tests/support/site/server';
import { buildExtension } from '../build-extension';
import { percentile, rounded } from './timing';

const loads = 20;
const script = 'src/content/watch.js';

/** The kinds of page that are watched and not saved: the first is over before it is read, the second is left alone, the third is refused. */
const cases = {
  leftEarly: { path: '/awkward/article?words=10000', readSeconds: 60 },
  denied: { path: '/login', readSeconds: 1 },
  withPasswordField: { path: '/awkward/with-field?kind=password', readSeconds: 1 },
} as const;

/** What a page that is watched but not saved pays for it: the time its thread spends in the watching script, compiling and all else that is done for it included. */
export async function runWatchingBench(): Promise<void> {
  buildExtension();
  const site = await startSite();
  const extension = await launchExtension({ flags: ['--host-resolver-rules=MAP *.example 127.0.0.1'] });
  try {
    const asking = await extension.openExtensionPage('manifest.json');
    const address = (path: string) => `http://watched.example:${new URL(site.url).port}${path}`;
    for (const origin of ['http://watched.example', 'https://watched.example', 'http://www.watched.example', 'https://www.watched.example'])
      await extension.grantOrigin(origin);
    const tab = await extension.context.newPage();
    const figures: Record<string, { p50Ms: number; p95Ms: number }> = {};
    for (const [name, { path, readSeconds }] of Object.entries(cases)) {
      await sendFrom(asking)('auto-save/write', { isOn: true, readSeconds, rules: [{ pattern: 'watched.example', action: 'save' }] });
      const ms: number[] = [];
      for (let load = 0; load < loads; load += 1)
        ms.push(await timeInScript(extension, tab, address(path), readSeconds === 1 ? 1_800 : 800));
      figures[name] = { p50Ms: rounded(percentile(ms, 0.5), 2), p95Ms: rounded(percentile(ms, 0.95), 2) };
    }
    console.log(JSON.stringify({ ...figures, scriptBytes: statSync(`dist/${script}`).size }));
  } finally {
    await extension.close();
    await site.close();
  }
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly data?: { readonly url?: string } };
}

/** Loads a page, stays for a while, and adds up what the trace says of the script. */
async function timeInScript({ cdp, extensionId }: LaunchedExtension, tab: Page, address: string, stayMs: number): Promise<number> {
  const events: TraceEvent[] = [];
  const collect = ({ value }: { value: object[] }) => events.push(...(value as TraceEvent[]));
  cdp.on('Tracing.dataCollected', collect);
  await tab.goto('about:blank');
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline', 'v8', 'disabled-by-default-v8.compile'] },
  });
  await tab.goto(address);
  await tab.waitForTimeout(stayMs);
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await complete;
  cdp.off('Tracing.dataCollected', collect);
  const own = events.filter(({ ph, args }) => ph === 'X' && args?.data?.url === `chrome-extension://${extensionId}/${script}`);
  if (own.length === 0) throw new Error(`${address} was not watched.`);
  return outermost(own).reduce((sum, { dur = 0 }) => sum + dur, 0) / 1_000;
}

/** Without those that lie within another one, and are counted with it. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  const kept: TraceEvent[] = [];
  for (const event of events.toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))) {
    const isWithin = kept.some(({ pid, tid, ts, dur = 0 }) => pid === event.pid && tid === event.tid && event.ts < ts + dur);
    if (!isWithin) kept.push(event);
  }
  return kept;
}
