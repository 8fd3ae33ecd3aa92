import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../view/translate';
import type { Client } from '../client';
import { ProblemNotice } from '../shared/problem-notice';
import { isStorageProblem } from '../shared/storage-problem';
import { ChooseSource } from './choose-source';
import { ImportPreview } from './import-preview';
import { ImportRun } from './import-run';
import type { ImportState } from './import-state';
import { ImportWork } from './import-work';

interface ImportSectionProps {
  readonly imports: ImportState;
  readonly client: Pick<Client, 'openAddress'>;
}

/** The way of pages in from other programs: a button, then step by step what to import, then how far it is. */
export function ImportSection({ imports, client }: ImportSectionProps) {
  const step = imports.step.value;
  const progress = imports.progress.value;
  const opener = useRef<HTMLButtonElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const lastStep = useRef(step);
  useEffect(() => void imports.refresh(), [imports]);
  useEffect(() => {
    // Each step stands in the place of the one before, which had the focus.
    if (step !== lastStep.current) (step === 'closed' && !progress ? opener.current : heading.current)?.focus();
    lastStep.current = step;
  }, [step, progress]);
  if (step === 'closed' && !progress) {
    return (
      <div class="import-opener">
        <button type="button" class="button" ref={opener} onClick={imports.open}>
          {t('import_open')}
        </button>
        <Problem imports={imports} />
      </div>
    );
  }
  return (
    <section class="import" aria-labelledby="import-heading">
      <h3 id="import-heading" ref={heading} tabIndex={-1}>
        {t('import')}
      </h3>
      {step === 'choosing' && <ChooseSource imports={imports} />}
      {(step === 'reading' || step === 'sending') && <ImportWork imports={imports} />}
      {step === 'preview' && <ImportPreview imports={imports} />}
      {step === 'closed' && progress && <ImportRun imports={imports} progress={progress} client={client} />}
      <Problem imports={imports} />
    </section>
  );
}

function Problem({ imports }: Pick<ImportSectionProps, 'imports'>) {
  const problem = imports.problem.value;
  // What is amiss with the whole library is said once, over every view.
  return problem && !isStorageProblem(problem) ? <ProblemNotice problem={problem} /> : null;
}
