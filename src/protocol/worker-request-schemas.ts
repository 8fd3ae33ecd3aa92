import * as v from 'valibot';
import { assistantLimits } from '../core/assistants/assistant';
import { mostSiteRules, readSecondsLimits } from '../core/capture/auto-save';
import { parseSitePattern } from '../core/capture/site-pattern';
import type { ConversationId, MessageId } from '../core/conversation/conversation';
import { pageSorts, pageStatuses } from '../core/pages/choose-pages';
import type { JobId } from '../core/pages/job';
import type { PageId } from '../core/pages/page';
import { askChoicesSchema, searchScopeSchema } from './ask-choices-schema';
import { assistantIdSchema, assistantSchema, assistantTextSchema } from './assistant-schema';
import { draftRequestSchemas } from './draft-request-schemas';
import { exampleRequestSchemas } from './example-request-schemas';
import type { Schemas } from './handle';
import { importRequestSchemas } from './import-request-schemas';
import { judgementRequestSchemas } from './judgement-request-schemas';
import { modelParametersSchema } from './model-parameters-schema';
import { pictureRequestSchemas } from './picture-request-schemas';
import { spendingRequestSchemas } from './spending-request-schemas';
import { tunedSearchRequestSchemas } from './tuned-search-request-schemas';
import { tuningJobRequestSchemas } from './tuning-job-request-schemas';
import type { WorkerRequests } from './worker-requests';

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const pageId = v.pipe(
  id,
  v.transform((value) => value as PageId),
);
const jobId = v.pipe(
  id,
  v.transform((value) => value as JobId),
);
const conversationId = v.pipe(
  id,
  v.transform((value) => value as ConversationId),
);
const messageId = v.pipe(
  id,
  v.transform((value) => value as MessageId),
);
const tabId = v.pipe(v.number(), v.integer(), v.minValue(0));
const nothing = () => v.null();
const quote = v.pipe(v.string(), v.maxLength(100_000));
const shortText = v.pipe(v.string(), v.maxLength(2_000));
const time = v.exactOptional(v.pipe(v.number(), v.finite()));
const filter = v.object({
  site: v.exactOptional(shortText),
  tag: v.exactOptional(shortText),
  status: v.exactOptional(v.picklist(pageStatuses)),
  after: time,
  before: time,
});
const sort = v.picklist(pageSorts);
const apiKey = v.exactOptional(shortText);
const siteRule = v.object({
  pattern: v.pipe(
    shortText,
    v.check((written) => parseSitePattern(written) !== undefined),
  ),
  action: v.picklist(['save', 'never']),
});
const { min, max } = readSecondsLimits;

/** What a person set about pages that are saved by themselves. */
export const autoSaveRulesSchema = v.object({
  isOn: v.boolean(),
  rules: v.pipe(v.array(siteRule), v.maxLength(mostSiteRules)),
  readSeconds: v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max)),
});

const origins = v.pipe(v.array(v.pipe(v.string(), v.regex(/^https?:\/\/(\*|(\*\.)?[^/*]+)\/\*$/))), v.maxLength(1_000));
const access = v.object({ origins, permissions: v.pipe(v.array(v.picklist(['tabs', 'bookmarks', 'history'])), v.maxLength(3)) });
const panelHolder = v.pipe(v.string(), v.regex(/^panel:[\w-]{1,100}:\d{1,10}$/));

export const workerRequestSchemas: Schemas<WorkerRequests> = {
  'tab/status': () => v.object({ tabId }),
  'tab/save': () => v.object({ tabId }),
  'tab/save-selection': () => v.object({ tabId }),
  'access/borrow': () => v.object({ holder: panelHolder, wanted: access, missing: access }),
  'access/return': () => v.object({ holder: panelHolder }),
  'access/keep': () => v.object({ origins }),
  'library/overview': nothing,
  'library/find': () =>
    v.object({
      text: v.pipe(v.string(), v.maxLength(10_000)),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
      first: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
      filter: v.exactOptional(filter),
    }),
  'library/list': () =>
    v.object({
      filter,
      sort,
      from: v.pipe(v.number(), v.integer(), v.minValue(0)),
      count: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(500)),
    }),
  'library/list-ids': () => v.object({ filter, sort }),
  'library/facets': nothing,
  'page/read': () => v.object({ pageId, version: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))) }),
  'quotation/standing': () =>
    v.object({
      pageId,
      version: v.pipe(v.number(), v.integer(), v.minValue(1)),
      quote,
      url: v.pipe(v.string(), v.maxLength(100_000)),
    }),
  'quotation/look': () => v.object({ tabId, quote }),
  'page/versions': () => v.object({ pageId }),
  'suggestions/read': () => v.object({ pageId }),
  'suggestions/ask-model': () => v.object({ pageId }),
  'suggestions/stop': () => v.object({ pageId }),
  'page/keep-apart': () => v.object({ pageId, address: v.pipe(v.string(), v.maxLength(100_000)) }),
  'page/tag': () => v.object({ pageId, tags: v.pipe(v.array(shortText), v.maxLength(100)) }),
  'page/note': () => v.object({ pageId, note: shortText }),
  'page/rename': () => v.object({ pageId, title: v.pipe(v.string(), v.trim(), v.maxLength(500)) }),
  'page/reindex': () => v.object({ pageId }),
  'pages/reindex': () => v.object({ pageIds: v.pipe(v.array(pageId), v.maxLength(100)) }),
  'pages/tag': () => v.object({ pageIds: v.pipe(v.array(pageId), v.maxLength(1_000)), tags: v.pipe(v.array(shortText), v.maxLength(100)) }),
  'pages/delete': () => v.object({ pageIds: v.pipe(v.array(pageId), v.maxLength(1_000_000)) }),
  'pages/undelete': () => v.object({ deleteAt: v.number() }),
  'pages/delete-now': () => v.object({ deleteAt: v.number() }),
  'jobs/retry-all': nothing,
  'job/retry': () => v.object({ jobId }),
  'job/discard': () => v.object({ jobId }),
  'tabs/examine': () => v.object({ tabIds: v.pipe(v.array(tabId), v.maxLength(2_000)) }),
  'tab/read': () => v.object({ tabId }),
  'scope/describe': () => v.object({ scope: searchScopeSchema }),
  'conversations/find': () => v.object({ text: shortText, limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)) }),
  'conversations/list': nothing,
  'conversations/deleted': nothing,
  'conversation/read': () => v.object({ conversationId }),
  'conversation/show': () => v.object({ conversationId, messageId }),
  'conversation/rename': () => v.object({ conversationId, title: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)) }),
  'conversation/delete': () => v.object({ conversationId }),
  'conversation/undelete': () => v.object({ conversationId }),
  'conversation/delete-now': () => v.object({ conversationId }),
  'assistants/list': nothing,
  'assistants/write': () => v.object({ assistant: assistantSchema }),
  'assistants/hide': () => v.object({ id: assistantIdSchema, isHidden: v.boolean() }),
  'assistants/delete': () => v.object({ id: assistantIdSchema }),
  'assistants/import': () => v.object({ assistants: v.pipe(v.array(assistantTextSchema), v.maxLength(assistantLimits.assistants)) }),
  'prompt/preview': () =>
    v.object({
      conversationId: v.exactOptional(conversationId),
      question: v.pipe(v.string(), v.maxLength(100_000)),
      choices: v.exactOptional(askChoicesSchema),
      assistant: v.exactOptional(assistantSchema),
    }),
  'tab/selection': () => v.object({ tabId }),
  'settings/read': nothing,
  'settings/write': () =>
    v.object({
      settings: v.object({
        baseUrl: shortText,
        chatModel: shortText,
        embeddingModel: shortText,
        contextTokens: v.pipe(v.number(), v.integer(), v.minValue(500), v.maxValue(2_000_000)),
        parameters: v.exactOptional(modelParametersSchema),
        chatEndpoint: v.exactOptional(v.picklist(['chat', 'completions'])),
      }),
      apiKey,
    }),
  'model/refusals': () => v.object({ baseUrl: shortText, model: shortText }),
  'model/forget-refusals': () => v.object({ baseUrl: shortText, model: shortText }),
  'models/list': () => v.object({ baseUrl: shortText, apiKey }),
  'embedding/status': nothing,
  'embedding/backlog': nothing,
  'embedding/stop-counting': nothing,
  'embedding/start': nothing,
  'embedding/pause': nothing,
  'embedding/resume': nothing,
  'embedding/cancel': nothing,
  'embedding/delete': () => v.object({ modelKey: v.pipe(v.string(), v.minLength(1), v.maxLength(4_001)) }),
  'backup/schedule': nothing,
  'backup/set-schedule': () =>
    v.object({
      schedule: v.nullable(
        v.object({
          everyDays: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(365)),
          keep: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
          withVectors: v.boolean(),
        }),
      ),
    }),
  'restore/status': nothing,
  'restore/start': () => v.object({ withSettings: v.exactOptional(v.boolean()) }),
  'restore/pause': nothing,
  'restore/forget': nothing,
  'auto-save/read': nothing,
  'auto-save/write': () => autoSaveRulesSchema,
  'auto-save/pause': () => v.object({ isPaused: v.boolean() }),
  'storage/read': nothing,
  'storage/start-anew': nothing,
  ...importRequestSchemas,
  ...pictureRequestSchemas,
  ...spendingRequestSchemas,
  ...exampleRequestSchemas,
  ...draftRequestSchemas,
  ...judgementRequestSchemas,
  ...tunedSearchRequestSchemas,
  ...tuningJobRequestSchemas,
};
