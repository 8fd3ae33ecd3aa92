import { MessageSquareText, SquareArrowOutUpRight } from 'lucide';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { hasLivePage } from '../core/files/file-address';
import { liveAddress } from '../core/pages/live-address';
import { locatorAt } from '../core/pages/locators';
import type { PageVersion } from '../core/pages/page';
import type { Span } from '../core/text/span';
import type { PageWithText, VersionDate } from '../protocol/worker-requests';
import { formatDate } from '../view/format-date';
import { Icon } from '../view/icon';
import { Markdown } from '../view/markdown/render-markdown';
import { t } from '../view/translate';
import { Changes } from './changes';
import { cutAtPages, type PagePart } from './cut-at-pages';
import { OtherAddresses } from './other-addresses';
import type { ReaderAddress } from './reader-address';
import { VersionChoice } from './version-choice';

interface ReaderProps extends PageWithText {
  readonly passage: ReaderAddress['passage'];
  readonly instead: ReaderAddress['instead'];
  /** All of the page's versions, the oldest first. */
  readonly versions: readonly VersionDate[];
  readonly readVersion: (version: number) => Promise<PageVersion>;
  readonly keepApart: (address: string) => Promise<unknown>;
  /** Has the page asked in the side panel. */
  readonly onAsk: () => void;
}

/** Beyond this length, in UTF-16 code units, rendering takes long enough to be worth a word. */
const longText = 300_000;

/** A saved page as it was read, with the cited passage marked and in view. */
export function Reader({ page, version, passage, instead, versions, readVersion, keepApart, onAsk }: ReaderProps) {
  const text = useRef<HTMLElement>(null);
  const [isShown, setShown] = useState(version.text.length < longText);
  // Waits for the picture that says what goes on.
  useEffect(() => void setTimeout(() => setShown(true)), []);
  useLayoutEffect(() => {
    text.current?.querySelector('mark')?.scrollIntoView({ block: 'center' });
  }, [isShown]);
  const [compared, setCompared] = useState<PageVersion>();
  const selections = useMemo(() => page.selections?.filter((selection) => selection.version === version.version), [page, version]);
  const { text: markdown, locators = [] } = version;
  const parts = useMemo(() => cutAtPages(markdown, locators), [markdown, locators]);
  const locator = passage && locatorAt(locators, passage.start);
  const readAt = version.url ?? page.url;
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
        {instead && (
          <p class="note" role="status">
            {t(instead === 'newer-lacks' ? 'quotation_gone_newer' : 'quotation_gone_live')}
          </p>
        )}
        {isOldVersion && <p class="note">{t('older_version')}</p>}
        {selections && selections.length > 0 && (
          <p class="small soft">{page.source === 'selection' ? t('only_selections') : t('selections_underlined')}</p>
        )}
        <OtherAddresses page={page} keepApart={keepApart} />
        {page.shareRead < 1 && <p class="note">{t('read_in_part', Math.floor(page.shareRead * 100))}</p>}
        <div class="reader-actions">
          {hasLivePage(readAt) && (
            <a class="button" href={liveAddress(readAt, locator, '')} target="_blank" rel="noopener noreferrer">
              <Icon node={SquareArrowOutUpRight} />
              {locator?.page === undefined ? t('open_live_page') : t('open_at_page', locator.page)}
            </a>
          )}
          <button type="button" class="button" onClick={onAsk}>
            <Icon node={MessageSquareText} />
            {t('ask_this_page')}
          </button>
        </div>
        {versions.length > 1 && (
          <VersionChoice
            page={page}
            shown={version.version}
            versions={versions}
            comparedWith={compared?.version}
            onCompare={async (other) => setCompared(other === undefined ? undefined : await readVersion(other))}
          />
        )}
      </header>
      <main class="prose reader-text" lang={page.language} ref={text}>
        {compared && <Changes one={version} other={compared} />}
        {!compared &&
          (isShown ? (
            parts.map((part) => <Part key={part.start} part={part} passage={passage} selections={selections} />)
          ) : (
            <p role="status">{t('preparing_text')}</p>
          ))}
      </main>
    </>
  );
}

interface PartProps extends Pick<ReaderProps, 'passage'> {
  readonly part: PagePart;
  readonly selections: readonly Span[] | undefined;
}

/** The text of a page of a PDF under its number, or all of a text that has no pages. */
function Part({ part: { page, start, text }, passage, selections }: PartProps) {
  const shifted = useMemo(() => passage && shift(passage, start), [passage, start]);
  const selected = useMemo(() => selections?.map((span) => shift(span, start)), [selections, start]);
  return (
    <>
      {page !== undefined && <p class="page-mark">{t('page_number', page)}</p>}
      <Markdown text={text} passage={shifted} selections={selected} headingLevel={2} />
    </>
  );
}

const shift = (span: Span, by: number): Span => ({ start: span.start - by, end: span.end - by });
