import { useEffect, useState } from 'preact/hooks';
import { systemPromptOf, type TuningExample } from '../../core/tuning/example';
import type { FormName } from '../../core/tuning/forms/form';
import { previewExample } from '../../core/tuning/preview-example';
import type { ExampleTokenCounts } from '../../protocol/example-requests';
import { MarkedText } from '../../view/marked-text';
import { t, tCount } from '../../view/translate';
import type { ExamplesState } from './examples-state';

interface ExportPreviewProps {
  readonly examples: ExamplesState;
  readonly form: FormName;
}

interface Previewed {
  readonly example: TuningExample;
  readonly tokens: ExampleTokenCounts;
}

/** One example as the file will have it, with the system prompt and without it, what each costs, and what the difference is. */
export function ExportPreview({ examples, form }: ExportPreviewProps) {
  const [isOpen, setOpen] = useState(false);
  const [place, setPlace] = useState(0);
  const [shown, setShown] = useState<Previewed>();
  const ids = examples.ids.value ?? [];
  const at = Math.min(place, ids.length - 1);
  const id = ids[at];
  // It may have been changed.
  const revision = id && examples.rows.value.get(id)?.revision;
  useEffect(() => {
    let isWanted = isOpen && id !== undefined;
    if (isWanted && id) void examples.preview(id).then((read) => isWanted && setShown(read));
    return () => {
      isWanted = false;
    };
  }, [examples, isOpen, id, revision]);
  return (
    <details class="small" open={isOpen} onToggle={({ currentTarget: { open } }) => setOpen(open)}>
      <summary>{t('tune_preview')}</summary>
      {shown && <BothWays previewed={shown} form={form} />}
      <div class="actions">
        <button type="button" class="text-button" disabled={at <= 0} onClick={() => setPlace(at - 1)}>
          {t('tune_preview_previous')}
        </button>
        <span class="soft">{t('drafts_place', at + 1, ids.length)}</span>
        <button type="button" class="text-button" disabled={at >= ids.length - 1} onClick={() => setPlace(at + 1)}>
          {t('tune_preview_next')}
        </button>
      </div>
    </details>
  );
}

function BothWays({ previewed: { example, tokens }, form }: { readonly previewed: Previewed; readonly form: FormName }) {
  const system = systemPromptOf(example);
  if (system === undefined) return <p>{t('tune_preview_same')}</p>;
  const ways = [
    { key: 'with', heading: t('tune_preview_with'), means: t('tune_preview_with_means'), isBare: false, count: tokens.withSystemPrompt },
    {
      key: 'without',
      heading: t('tune_preview_without'),
      means: tCount('tune_preview_without_means', tokens.withSystemPrompt - tokens.withoutSystemPrompt),
      isBare: true,
      count: tokens.withoutSystemPrompt,
    },
  ];
  return (
    <div class="tune-both-ways">
      {ways.map(({ key, heading, means, isBare, count }) => {
        const written = previewExample(form, example, isBare);
        return (
          <section key={key} aria-label={heading}>
            <h4>{heading}</h4>
            <p class="soft">{tCount('tune_tokens', count)}</p>
            {written ? (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
              <pre class="tune-written" tabIndex={0} dir="auto">
                <MarkedText text={written.text} highlights={written.system ? [written.system] : []} />
              </pre>
            ) : (
              <p>{t('tune_preview_no_place')}</p>
            )}
            <p>{means}</p>
          </section>
        );
      })}
    </div>
  );
}
