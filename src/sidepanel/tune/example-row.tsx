import { useRef, useState } from 'preact/hooks';
import { questionOf } from '../../core/tuning/example';
import type { ExampleId, StoredExample } from '../../core/tuning/stored-example';
import { t } from '../../view/translate';
import { ExampleForm } from './example-form';
import type { ExamplesState } from './examples-state';

/** Of the button that opens it. */
export function exampleElementId(id: ExampleId): string {
  return `example-${id}`;
}

const shownCharacters = 300;

export interface ExampleRowProps {
  /** Among those that are shown. */
  readonly number: number;
  readonly stored: StoredExample;
  readonly isSelected: boolean;
  readonly examples: ExamplesState;
}

/** A question and its answer; a click opens them to be changed. */
export function ExampleRow({ number, stored, isSelected, examples }: ExampleRowProps) {
  const { id, example } = stored;
  const [isOpen, setOpen] = useState(() => examples.opened.has(id));
  const wasOpen = useRef(isOpen);
  const open = () => {
    examples.opened.set(id, { seen: stored, draft: example });
    wasOpen.current = false;
    setOpen(true);
  };
  const close = () => {
    examples.opened.delete(id);
    setOpen(false);
  };
  const facts = [
    example.split && t(`tuning_split_${example.split}`),
    example.rejected && t(example.answer ? 'tune_has_rejected' : 'tune_only_rejected'),
    ...(example.tags ?? []).map((tag) => `#${tag}`),
    example.source,
  ];
  return (
    <div class="tune-row">
      <input
        type="checkbox"
        class="row-check"
        aria-label={t('tune_select', number)}
        checked={isSelected}
        onClick={(event) => examples.selection.toggle(id, event.shiftKey)}
      />
      <button id={exampleElementId(id)} type="button" class="tune-row-head" aria-expanded={isOpen} onClick={isOpen ? close : open}>
        <span class="tune-clipped tune-question" dir="auto">
          {questionOf(example).slice(0, shownCharacters) || t('tune_no_question')}
        </span>
        <span class="tune-clipped soft" dir="auto">
          {(example.answer ?? example.rejected)?.content.slice(0, shownCharacters) ?? t('tune_no_answer')}
        </span>
        <span class="tune-clipped small soft" dir="auto">
          {[number, ...facts.filter(Boolean)].join(' · ')}
        </span>
      </button>
      {isOpen && <ExampleForm stored={stored} takesFocus={!wasOpen.current} examples={examples} onClose={close} />}
    </div>
  );
}
