import { useMemo } from 'preact/hooks';
import { type ComparedStretch, type ComparedWords, compareTexts } from '../core/pages/compare-texts';
import type { PageVersion } from '../core/pages/page';
import { formatDateTime } from '../view/format-date';
import { t, tCount } from '../view/translate';

interface ChangesProps {
  readonly one: PageVersion;
  readonly other: PageVersion;
}

/** What came and went from the older of two versions to the newer. */
export function Changes({ one, other }: ChangesProps) {
  const [before, after] = one.version < other.version ? [one, other] : [other, one];
  const stretches = useMemo(() => compareTexts(before.text, after.text), [before, after]);
  const isSame = stretches.every(({ kind }) => kind === 'same');
  return (
    <>
      <p class="note" role="status">
        {isSame ? t('no_words_changed') : t('changes_from_to', formatDateTime(before.capturedAt), formatDateTime(after.capturedAt))}
      </p>
      {!isSame &&
        stretches.map((stretch, index) => (
          <Stretch key={index} stretch={stretch} isFirst={index === 0} isLast={index === stretches.length - 1} />
        ))}
    </>
  );
}

interface StretchProps {
  readonly stretch: ComparedStretch;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function Stretch({ stretch, isFirst, isLast }: StretchProps) {
  if (stretch.kind === 'changed') {
    return (
      <p class="changed" dir="auto">
        {stretch.words.map((words, index) => (
          <Words key={index} words={words} />
        ))}
      </p>
    );
  }
  // What stands beside a change tells where on the page it is; the rest is only counted.
  const { blocks } = stretch;
  const head = isFirst ? [] : blocks.slice(0, 1);
  const tail = isLast ? [] : blocks.slice(Math.max(head.length, blocks.length - 1));
  const hidden = blocks.length - head.length - tail.length;
  return (
    <>
      {head.map((text) => (
        <p key="head" class="unchanged" dir="auto">
          {text}
        </p>
      ))}
      {hidden > 0 && <p class="small soft unchanged-count">{tCount('blocks_unchanged', hidden)}</p>}
      {tail.map((text) => (
        <p key="tail" class="unchanged" dir="auto">
          {text}
        </p>
      ))}
    </>
  );
}

function Words({ words: { text, change } }: { readonly words: ComparedWords }) {
  if (!change) return text;
  const Element = change === 'added' ? 'ins' : 'del';
  return (
    <Element>
      <span class="visually-hidden">{change === 'added' ? t('words_added') : t('words_removed')}</span>
      {text}
      <span class="visually-hidden">{t('words_end')}</span>
    </Element>
  );
}
