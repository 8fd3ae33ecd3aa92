import { SquareArrowOutUpRight } from 'lucide';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PageWithText } from '../protocol/worker-requests';
import { formatDate } from '../view/format-date';
import { Icon } from '../view/icon';
import { Markdown } from '../view/render-markdown';
import { t } from '../view/translate';
import type { ReaderAddress } from './reader-address';

interface ReaderProps extends PageWithText {
  readonly passage: ReaderAddress['passage'];
}

/** Beyond this length, in UTF-16 code units, rendering takes long enough to be worth a word. */
const longText = 300_000;

/** A saved page as it was read, with the cited passage marked and in view. */
export function Reader({ page, version, passage }: ReaderProps) {
  const text = useRef<HTMLElement>(null);
  const [isShown, setShown] = useState(version.text.length < longText);
  // Waits for the picture that says what goes on.
  useEffect(() => void setTimeout(() => setShown(true)), []);
  useLayoutEffect(() => {
    text.current?.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }, [isShown]);
  const isOldVersion = version.version !== page.version;
  return (
    <>
      <header class="reader-head">
        <p class="small soft">{t('saved_copy_of', page.site)}</p>
        <h1 dir="auto">{page.title}</h1>
        {page.byline && <p dir="auto">{page.byline}</p>}
        <p class="small soft">
          {page.published && `${t('published_on', formatDate(page.published))} · `}
          {t('saved_on', formatDate(version.capturedAt))}
          {page.version > 1 && ` · ${t('version_of', version.version, page.version)}`}
        </p>
        {isOldVersion && <p class="note">{t('older_version')}</p>}
        {page.shareRead < 1 && <p class="note">{t('read_in_part', Math.floor(page.shareRead * 100))}</p>}
        <a class="button" href={page.url} target="_blank" rel="noopener noreferrer">
          <Icon node={SquareArrowOutUpRight} />
          {t('open_live_page')}
        </a>
      </header>
      <main class="prose reader-text" lang={page.language} ref={text}>
        {isShown ? <Markdown text={version.text} passage={passage} headingLevel={2} /> : <p role="status">{t('preparing_text')}</p>}
      </main>
    </>
  );
}
