import { statSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { type LaunchedExtension, launchExtension } from '../../tests/support/extension';
import { sendFrom } from '../../tests/support/panel';
import { startSite } from '../../tests/support/site/server';
import { buildExtension } from '../build-extension';
import { percentile, rounded } from './timing';

const loads = 10;
const script = 'src/content/watch.js';

/** The kinds of page that are watched and not saved: the first is over before it is read, the second is left alone, the third is refused. */
const cases = {
  leftEarly: { path: '/awkward/article?words=10000', readSeconds: 60 },
  denied: { path: '/login', readSeconds: 1 },
  withPasswordField: { path: '/awkward/with-field?kind=password', readSeconds: 1 },
} as const;

/** What a page that is watched but not saved pays for it: the time its thread spends in the watching script and in what that calls. */
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
    await tab.goto(address('/'));
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

/** How often the profiler looks; what takes less is met now and then, and counts in full when it is. */
const sampleEveryUs = 50;

/** Loads a page of the site that the tab shows already, for another would get another process; stays for a while, and adds up the samples that fell into the script. */
async function timeInScript({ context, extensionId }: LaunchedExtension, tab: Page, address: string, stayMs: number): Promise<number> {
  const session = await context.newCDPSession(tab);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: sampleEveryUs });
  await session.send('Profiler.start');
  await tab.goto(address);
  await tab.waitForTimeout(stayMs);
  const { profile } = await session.send('Profiler.stop');
  await session.detach();
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const own = new Set<number>();
  const claim = (id: number) => {
    own.add(id);
    for (const child of nodes.get(id)?.children ?? []) claim(child);
  };
  for (const { id, callFrame } of profile.nodes) if (callFrame.url === `chrome-extension://${extensionId}/${script}`) claim(id);
  const deltas = profile.timeDeltas ?? [];
  return (profile.samples ?? []).reduce((sum, id, index) => sum + (own.has(id) ? (deltas[index] ?? 0) : 0), 0) / 1_000;
}
