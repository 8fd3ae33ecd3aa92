import { partStarts } from '../../core/pages/locators';
import type { CapturedPage, PageId } from '../../core/pages/page';
import type { Reading } from '../../core/pages/reading';
import { splitPassages } from '../../core/pages/split-passages';
import { putReading } from '../../storage/pages/readings';
import type { Library } from '../../storage/schema';
import { hashText } from '../ingest/hash-text';
import type { IngestTools } from '../ingest/ingest-page';

export interface KeepReadingTools extends Pick<IngestTools, 'detectLanguage' | 'now' | 'newId'> {
  readonly library: Library;
}

/** Keeps a page that was read to be asked, outside the library. */
export async function keepReading(captured: CapturedPage, tools: KeepReadingTools): Promise<Reading> {
  const { library, detectLanguage, now, newId } = tools;
  const { markdown, locators, chosen: _, ...described } = captured;
  const id = newId() as PageId;
  const parts = locators ? { locators } : {};
  const language = await detectLanguage(markdown, captured.language);
  const passageCount = splitPassages(markdown, captured.language, partStarts(locators ?? [])).length;
  const readAt = now();
  const reading: Reading = {
    id,
    page: { ...described, id, savedAt: readAt, version: 1, passageCount },
    version: { pageId: id, version: 1, text: markdown, ...parts, contentHash: await hashText(markdown), capturedAt: captured.capturedAt },
    ...(language ? { language } : {}),
    readAt,
  };
  await putReading(library, reading);
  return reading;
}
