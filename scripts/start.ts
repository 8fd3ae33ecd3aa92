import { realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { extensionFlags } from '../tests/support/extension';
import { launchChromium } from '../tests/support/launch-chromium';
import { startSite } from '../tests/support/site/server';
import { buildExtensionIfStale, distFolder } from './build-extension';
import { runDemo } from './run-demo';

const { values: options } = parseArgs({ options: { headless: { type: 'boolean', default: false }, profile: { type: 'string' } } });
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

try {
  buildExtensionIfStale();
  await (options.headless || !hasDisplay ? runDemo() : openBrowser());
} catch (error) {
  console.error(`\n${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

/** Opens a browser to try the extension in, with pages to save, until the person closes it. */
async function openBrowser(): Promise<void> {
  const site = await startSite();
  const flags = extensionFlags(realpathSync(distFolder));
  const chromium = await launchChromium({ headless: false, profile: options.profile, flags, firstPage: site.url });
  console.log(`A browser with Commonplace is open, on a page that lists articles to save (${site.url}).
Open one, click the Commonplace icon (under the puzzle piece, where it can be pinned) and press “Save this page”; then ask about it.
${options.profile ? `What you save stays in ${options.profile}.` : 'What you save is thrown away when you close the browser; keep it with --profile FOLDER.'}`);
  await chromium.exited;
  await site.close();
}
