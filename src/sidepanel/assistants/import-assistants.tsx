import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { nameApart } from '../../core/assistants/assistant';
import { type AssistantText, mostAssistantFileBytes } from '../../core/assistants/assistant-file';
import { reservedCommands } from '../../core/conversation/commands';
import { parameterNames } from '../../core/models/model-parameters';
import { type Problem, problemOf } from '../../core/problem';
import { type AssistantFile, readAssistantFile } from '../../protocol/read-assistant-file';
import { t, tCount } from '../../view/translate';
import { scopeWords } from '../ask/scope-words';
import { Field } from '../settings/field';
import { parameterValueWords } from '../shared/parameters/parameter-value-words';
import { parameterWords } from '../shared/parameters/parameter-words';
import { ProblemNotice } from '../shared/problem-notice';
import type { AssistantsState } from '../state/assistants-state';
import { knowledgeWords } from './knowledge-words';

/** A file of assistants is chosen, looked at, and only then taken in. */
export function ImportAssistants({ assistants }: { readonly assistants: AssistantsState }) {
  const file = useSignal<AssistantFile | undefined>(undefined);
  const problem = useSignal<Problem | undefined>(undefined);
  const choose = async (chosen: File) => {
    file.value = undefined;
    problem.value = undefined;
    try {
      file.value = readAssistantFile(chosen.size > mostAssistantFileBytes ? '' : await chosen.text());
    } catch (error) {
      problem.value = problemOf(error);
    }
  };
  return (
    <div class="data-form">
      <Field label={t('import_assistants')} hint={t('import_assistants_hint')}>
        {(id, hintId) => (
          <input
            id={id}
            type="file"
            accept=".json,application/json"
            aria-describedby={hintId}
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              if (chosen) void choose(chosen);
              // Else the same file, mended meanwhile, could not be chosen again.
              event.currentTarget.value = '';
            }}
          />
        )}
      </Field>
      {problem.value && <ProblemNotice problem={problem.value} />}
      {file.value && (
        <ImportPreview
          file={file.value}
          assistants={assistants}
          onDone={() => {
            file.value = undefined;
          }}
        />
      )}
    </div>
  );
}

interface ImportPreviewProps {
  readonly file: AssistantFile;
  readonly assistants: AssistantsState;
  readonly onDone: () => void;
}

function ImportPreview({ file, assistants, onDone }: ImportPreviewProps) {
  const heading = useRef<HTMLParagraphElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const named = withNames(file.assistants, assistants);
  return (
    <section class="import-assistants" aria-label={t('import_assistants_preview')}>
      <p ref={heading} tabIndex={-1}>
        {tCount('assistants_in_file', named.length)} {file.leftOut > 0 && tCount('assistants_left_out', file.leftOut)}
      </p>
      <ul>
        {named.map(({ assistant, name, isCommandTaken }, index) => (
          <li key={index}>
            <details>
              <summary dir="auto">
                {name}
                {name !== assistant.name && <span class="soft"> {t('import_renamed', assistant.name)}</span>}
              </summary>
              {isCommandTaken && <p class="small">{t('import_command_taken', assistant.command ?? '')}</p>}
              <Parts assistant={assistant} />
            </details>
          </li>
        ))}
      </ul>
      {assistants.problem.value && <ProblemNotice problem={assistants.problem.value} />}
      <div class="actions">
        <button
          type="button"
          class="button primary"
          disabled={named.length === 0}
          onClick={async () => {
            if (await assistants.add(file.assistants)) onDone();
          }}
        >
          {tCount('add_assistants', named.length)}
        </button>
        <button type="button" class="button" onClick={onDone}>
          {t('cancel')}
        </button>
      </div>
    </section>
  );
}

/** All that a model would be told, and what is searched: whoever takes an assistant in has seen it. */
function Parts({ assistant }: { readonly assistant: AssistantText }) {
  const { instructions, tone, template, model, parameters = {}, knowledge, fallback, command, scope } = assistant;
  const parts: readonly (readonly [string, string | undefined])[] = [
    [t('instructions'), instructions],
    [t('tone'), tone],
    [t('template'), template],
    [t('fallback_words'), fallback?.words],
    [t('contact'), fallback?.contact],
    [t('command'), command && `/${command}`],
    [t('assistant_model'), model],
    ...parameterNames.map(
      (name) => [t(parameterWords[name].name), parameters[name] === undefined ? undefined : parameterValueWords(parameters, name)] as const,
    ),
    [t('assistant_knowledge'), knowledge && t(knowledgeWords[knowledge])],
    [t('assistant_sites'), scope && scopeWords(scope)],
  ];
  return (
    <dl class="assistant-parts small">
      {parts.map(
        ([label, value]) =>
          value && (
            <div key={label}>
              <dt class="soft">{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** As the worker will name them. */
function withNames(read: readonly AssistantText[], { all }: AssistantsState) {
  const names = all.value.map(({ name }) => name);
  const commands = [...reservedCommands, ...all.value.flatMap(({ command }) => command ?? [])];
  return read.map((assistant) => {
    const name = nameApart(assistant.name, names);
    const isCommandTaken = assistant.command !== undefined && commands.includes(assistant.command);
    names.push(name);
    if (assistant.command !== undefined) commands.push(assistant.command);
    return { assistant, name, isCommandTaken };
  });
}
