import browser from 'webextension-polyfill';
import { ProblemError } from '../../core/problem';
import type { ExchangedFile } from '../../protocol/exchanged-files';
import { askOffscreen } from '../offscreen-document';

const lookEveryMs = 500;

/**
 * Puts a file that was made among the person's downloads. Needs the permission `downloads`. @returns the browser's id of it, once it is there
 * @throws ProblemError `download-failed`
 */
export async function downloadFile(file: ExchangedFile, name: string): Promise<number> {
  const address = () => askOffscreen()('offscreen/download-address', { file });
  const id = await browser.downloads.download({
    url: await address(),
    filename: `Commonplace/${name}`,
    conflictAction: 'uniquify',
    saveAs: false,
  });
  for (;;) {
    const [download] = await browser.downloads.search({ id });
    if (download?.state === 'complete') return id;
    if (download?.state !== 'in_progress')
      throw new ProblemError({ code: 'download-failed', ...(download?.error ? { detail: download.error } : {}) });
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    // The address is good only while the document that gave it is open, and that closes when nothing is asked of it.
    await address();
  }
}

/** Deletes a file that was downloaded, and its line in the browser's list. Nothing happens if it is no longer there. */
export async function deleteDownload(id: number): Promise<void> {
  await browser.downloads.removeFile(id).catch(() => {});
  await browser.downloads.erase({ id }).catch(() => {});
}
