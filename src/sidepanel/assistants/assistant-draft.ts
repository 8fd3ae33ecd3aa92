import { type Assistant, type AssistantId, defaultTemplate } from '../../core/assistants/assistant';
import type { Knowledge } from '../../core/assistants/knowledge';
import type { ModelParameters } from '../../core/models/model-parameters';
import { writtenHost } from '../../core/pages/site-host';
import { splitTags } from '../../core/pages/tidy-tags';
import type { SearchScope } from '../../core/search/search';

/** An assistant as it stands in the form: everything as it was typed. */
export interface AssistantDraft {
  readonly id: AssistantId;
  readonly name: string;
  readonly instructions: string;
  readonly tone: string;
  readonly words: string;
  readonly contact: string;
  readonly command: string;
  readonly template: string;
  readonly model: string;
  readonly parameters: ModelParameters;
  /** Empty: as it is chosen with each question. */
  readonly knowledge: Knowledge | '';
  readonly sites: string;
  readonly tags: string;
  /** What the form has no field for stays as it is. */
  readonly scope: SearchScope;
}

export const blankDraft: Omit<AssistantDraft, 'id'> = {
  name: '',
  instructions: '',
  tone: '',
  words: '',
  contact: '',
  command: '',
  template: defaultTemplate,
  model: '',
  parameters: {},
  knowledge: '',
  sites: '',
  tags: '',
  scope: {},
};

export function newDraft(id: AssistantId): AssistantDraft {
  return { ...blankDraft, id };
}

export function draftOf({
  id,
  name,
  instructions,
  tone,
  fallback,
  command,
  template,
  model,
  parameters = {},
  knowledge,
  scope = {},
}: Assistant): AssistantDraft {
  return {
    id,
    name,
    instructions,
    tone: tone ?? '',
    words: fallback?.words ?? '',
    contact: fallback?.contact ?? '',
    command: command ?? '',
    template: template ?? defaultTemplate,
    model: model ?? '',
    parameters,
    knowledge: knowledge ?? '',
    sites: scope.sites?.join(', ') ?? '',
    tags: scope.tags?.join(', ') ?? '',
    scope,
  };
}

/** What is left empty is absent. */
export function assistantOf(draft: AssistantDraft): Assistant {
  const { sites: _, tags: __, ...otherScope } = draft.scope;
  const sites = sitesIn(draft.sites);
  const tags = splitTags(draft.tags);
  const scope = { ...otherScope, ...(sites.length > 0 ? { sites } : {}), ...(tags.length > 0 ? { tags } : {}) };
  const words = draft.words.trim();
  const command = draft.command.trim().replace(/^\//, '').toLowerCase();
  return {
    id: draft.id,
    name: draft.name.trim(),
    instructions: draft.instructions.trim(),
    ...(draft.tone.trim() ? { tone: draft.tone.trim() } : {}),
    ...(words ? { fallback: { words, contact: draft.contact.trim() } } : {}),
    ...(command ? { command } : {}),
    ...(draft.template.trim() === defaultTemplate ? {} : { template: draft.template }),
    ...(draft.model ? { model: draft.model } : {}),
    ...(Object.keys(draft.parameters).length > 0 ? { parameters: draft.parameters } : {}),
    ...(draft.knowledge ? { knowledge: draft.knowledge } : {}),
    ...(Object.keys(scope).length > 0 ? { scope } : {}),
  };
}

/** What of the sites that were typed is none. */
export function strangeSites(written: string): string[] {
  return parts(written).filter((site) => writtenHost(site) === undefined);
}

function sitesIn(written: string): string[] {
  return [...new Set(parts(written).flatMap((site) => writtenHost(site) ?? []))];
}

function parts(written: string): string[] {
  return written
    .split(/[\s,]+/)
    .map((part) => part.trim())
    .filter(Boolean);
}
