import * as v from 'valibot';
import type { AssistantId } from '../core/assistants/assistant';
import { knowledges } from '../core/assistants/knowledge';
import type { PageId } from '../core/pages/page';
import type { AskChoices } from '../core/prompt/ask-choices';
import type { SearchScope } from '../core/search/search';
import { pictureChoicesSchema } from './picture-request-schemas';

/** More does not fit into what a model is sent. */
export const mostSelectedCharacters = 20_000;
const names = v.pipe(v.array(v.pipe(v.string(), v.maxLength(300))), v.maxLength(1_000));
const time = v.pipe(v.number(), v.finite());
const pageId = v.pipe(
  v.string(),
  v.maxLength(100),
  v.transform((value) => value as PageId),
);

const assistantId = v.pipe(
  v.string(),
  v.maxLength(100),
  v.transform((value) => value as AssistantId),
);

export const knowledgeSchema = v.picklist(knowledges);

export const searchScopeSchema: v.GenericSchema<unknown, SearchScope> = v.object({
  pageIds: v.exactOptional(v.pipe(v.array(pageId), v.maxLength(100_000))),
  sites: v.exactOptional(names),
  excludedSites: v.exactOptional(names),
  tags: v.exactOptional(names),
  excludedTags: v.exactOptional(names),
  after: v.exactOptional(time),
  before: v.exactOptional(time),
});

export const askChoicesSchema: v.GenericSchema<unknown, AskChoices> = v.object({
  scope: v.exactOptional(searchScopeSchema),
  knowledge: v.exactOptional(knowledgeSchema),
  picture: v.exactOptional(pictureChoicesSchema),
  assistantId: v.exactOptional(assistantId),
  pageId: v.exactOptional(pageId),
  selection: v.exactOptional(v.pipe(v.string(), v.maxLength(mostSelectedCharacters))),
});
