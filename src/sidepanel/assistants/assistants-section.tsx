import { useEffect, useRef } from 'preact/hooks';
import { type Assistant, type AssistantId, nameApart } from '../../core/assistants/assistant';
import { writeAssistantFile } from '../../core/assistants/assistant-file';
import { isBuiltIn } from '../../core/assistants/built-in-assistants';
import { t } from '../../view/translate';
import type { Client } from '../client';
import { ProblemNotice } from '../shared/problem-notice';
import type { AssistantsState } from '../state/assistants-state';
import type { SettingsState } from '../state/settings-state';
import { type AssistantDraft, draftOf, newDraft } from './assistant-draft';
import { AssistantForm } from './assistant-form';
import { AssistantRow } from './assistant-row';
import { ImportAssistants } from './import-assistants';

interface AssistantsSectionProps {
  readonly client: Pick<Client, 'send' | 'saveText'>;
  readonly assistants: AssistantsState;
  readonly settings: SettingsState;
}

/** Who can answer, and where they are made. */
export function AssistantsSection({ client, assistants, settings }: AssistantsSectionProps) {
  const written = assistants.written.current.value;
  const wasOpenedHere = useRef(false);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => void assistants.load(), [assistants]);
  const all = assistants.all.value;
  const own = all.filter(({ id }) => !isBuiltIn(id));
  const edit = (draft: AssistantDraft) => {
    wasOpenedHere.current = true;
    assistants.written.open(draft);
  };
  const copy = (assistant: Assistant) => {
    const { command: _, isHidden: __, ...rest } = assistant;
    const name = nameApart(
      assistant.name,
      all.map((other) => other.name),
    );
    edit(draftOf({ ...rest, name, id: newId() }));
  };
  return (
    <section class="settings-section" aria-labelledby="assistants-heading">
      <h3 id="assistants-heading">{t('assistants')}</h3>
      <p class="soft">{t('assistants_intro')}</p>
      {written ? (
        <AssistantForm
          key={written.start.id}
          client={client}
          assistants={assistants}
          settings={settings}
          {...written}
          takesFocus={wasOpenedHere.current}
          onDone={() => {
            assistants.written.close();
            requestAnimationFrame(() => opener.current?.focus());
          }}
        />
      ) : (
        <>
          {assistants.problem.value && <ProblemNotice problem={assistants.problem.value} />}
          <ul class="assistant-list" aria-label={t('assistants')}>
            {all.map((assistant) => (
              <AssistantRow
                key={assistant.id}
                assistant={assistant}
                assistants={assistants}
                onEdit={() => edit(draftOf(assistant))}
                onCopy={() => copy(assistant)}
              />
            ))}
          </ul>
          <div class="actions">
            <button type="button" class="button primary" ref={opener} onClick={() => edit(newDraft(newId()))}>
              {t('new_assistant')}
            </button>
            {own.length > 0 && (
              <button type="button" class="button" onClick={() => client.saveText('commonplace-assistants.json', writeAssistantFile(own))}>
                {t('export_assistants')}
              </button>
            )}
          </div>
          <ImportAssistants assistants={assistants} />
        </>
      )}
    </section>
  );
}

function newId(): AssistantId {
  return crypto.randomUUID() as AssistantId;
}
