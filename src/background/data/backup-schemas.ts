import * as v from 'valibot';
import { type BackupManifest, backupFormat, backupNames, backupVersion, partKinds } from '../../core/backup/backup-format';
import { bytesOfBase64 } from '../../core/bytes/base64';
import type { Conversation, Message } from '../../core/conversation/conversation';
import { mostPictureBytes, pictureTypeOf, pictureTypes } from '../../core/conversation/picture';
import { callPurposes } from '../../core/models/call-account';
import { parameterNames } from '../../core/models/model-parameters';
import type { ImportedFrom } from '../../core/pages/job';
import { type CapturedPage, maxCapturedCharacters, type PageId, type PageVersion } from '../../core/pages/page';
import type { Reading } from '../../core/pages/reading';
import type { PassageSpan } from '../../core/pages/split-passages';
import type { UsageRow } from '../../core/spending/usage-row';
import type { StoredJudgement } from '../../core/tuning/judging/judgement';
import type { VectorPlace } from '../../core/vectors/packed-vectors';
import { askChoicesSchema } from '../../protocol/ask-choices-schema';
import { captureExtras } from '../../protocol/capture-message-schemas';
import { judgementPlanSchema, voteSchema } from '../../protocol/judgement-schema';
import type { StoredPage, StoredPicture } from '../../storage/schema';

// A backup may have been made, or changed, by anybody. Fields that are not named here are of later versions, and kept.

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
const label = v.pipe(v.string(), v.maxLength(10_000));
const address = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(100_000),
  // These would run, or show, what they hold.
  v.check((url) => !/^\s*(javascript|vbscript|data):/i.test(url)),
);
/** Of a page of the web, a file, or a note: nothing else is ever saved. */
const savedAddress = v.pipe(address, v.regex(/^(https?|file|file-sha256|note):/i));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const number = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000));
const time = v.pipe(v.number(), v.finite());
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Of `VectorTrust`, whose means are below ten, of some hundred questions: with numbers out of all measure no ranking would ever be one again. */
const standing = v.pipe(v.number(), v.minValue(0), v.maxValue(100));
const questions = v.pipe(count, v.maxValue(10_000));
const meanBacking = v.object({ backing: standing, questions });
const modelKey = v.pipe(v.string(), v.minLength(1), v.maxLength(4_001));
const text = v.pipe(v.string(), v.maxLength(maxCapturedCharacters));
const described = {
  url: address,
  canonicalUrl: address,
  title: label,
  site: label,
  byline: v.exactOptional(label),
  published: v.exactOptional(label),
  language: v.exactOptional(label),
  capturedAt: time,
  shareRead: share,
};

export const headerSchema = v.looseObject({ format: v.literal(backupFormat), version: v.pipe(v.number(), v.integer()), createdAt: time });

const partSchema = v.looseObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  kind: v.picklist(partKinds),
  bytes: count,
  records: count,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

export const manifestSchema: v.GenericSchema<unknown, BackupManifest> = v.looseObject({
  format: v.literal(backupFormat),
  version: v.literal(backupVersion),
  createdAt: time,
  counts: v.looseObject({
    pages: count,
    versions: count,
    conversations: count,
    messages: count,
    captures: count,
    calls: v.exactOptional(count),
    pictures: v.exactOptional(count),
  }),
  indexModel: v.exactOptional(modelKey),
  trust: v.exactOptional(
    v.object({
      modelKey,
      mean: standing,
      questions,
      differing: v.exactOptional(meanBacking),
      asked: v.exactOptional(meanBacking),
    }),
  ),
  parts: v.pipe(
    v.array(partSchema),
    v.maxLength(65_000),
    v.check((parts) => parts.every(({ name }) => name !== backupNames.manifest)),
  ),
});

/** A line of a part of pages. */
export interface PageLine {
  readonly page: StoredPage;
  readonly versions: readonly PageVersion[];
  readonly passages: readonly PassageSpan[];
  readonly language?: string;
  readonly vectors: readonly VectorPlace[];
}

/** More than anybody selects on a page; and than a sketch has numbers. */
const [mostSelections, mostSketched] = [100_000, 100];

const pageSchema = v.looseObject({
  ...described,
  id,
  addresses: v.pipe(v.array(address), v.maxLength(1_000)),
  ownTitle: v.exactOptional(label),
  note: v.exactOptional(text),
  tags: v.exactOptional(v.pipe(v.array(label), v.maxLength(1_000))),
  savedAt: time,
  version: number,
  passageCount: count,
  source: captureExtras.source,
  sketch: v.exactOptional(v.pipe(v.array(count), v.maxLength(mostSketched))),
  selections: v.exactOptional(
    v.pipe(v.array(v.looseObject({ version: number, capturedAt: time, start: count, end: count })), v.maxLength(mostSelections)),
  ),
  otherAddresses: v.exactOptional(v.pipe(v.array(v.looseObject({ url: savedAddress, canonicalUrl: savedAddress })), v.maxLength(1_000))),
});

const versionSchema = v.looseObject({
  pageId: id,
  version: number,
  text,
  contentHash: label,
  capturedAt: time,
  locators: captureExtras.locators,
  url: v.exactOptional(savedAddress),
});

const pageLineFields = v.looseObject({
  page: pageSchema,
  versions: v.pipe(v.array(versionSchema), v.minLength(1), v.maxLength(100_000)),
  passages: v.array(
    v.looseObject({ start: count, end: count, headingPath: v.array(text), startsInCode: v.exactOptional(v.literal(true)) }),
  ),
  language: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
  vectors: v.pipe(
    v.array(v.looseObject({ modelKey, dimensions: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100_000)), at: count })),
    v.maxLength(10),
  ),
});

export const pageLineSchema = v.pipe(
  pageLineFields,
  v.check(({ page, versions }) => versions.every(({ pageId }) => pageId === page.id)),
  v.check(({ versions }) => versions.every(({ version }, index) => version > (versions[index - 1]?.version ?? 0))),
  v.check(({ page, versions }) => versions.at(-1)?.version === page.version),
  v.check(({ versions, passages }) => {
    const length = versions.at(-1)?.text.length ?? 0;
    return passages.every(({ start, end }, index) => start < end && end <= length && start >= (passages[index - 1]?.start ?? 0));
  }),
) as unknown as v.GenericSchema<unknown, PageLine>;

/** A line of a part of captures: a page that was saved and had not become searchable yet. */
export interface CaptureLine {
  readonly pageId: PageId;
  readonly createdAt: number;
  readonly capture: CapturedPage;
  /** As in `Job`. */
  readonly imported?: ImportedFrom;
  readonly isApart?: true;
}

const captureFields = v.looseObject({
  pageId: id,
  createdAt: time,
  capture: v.looseObject({ ...described, ...captureExtras, markdown: v.pipe(text, v.minLength(1)) }),
  imported: v.exactOptional(
    v.looseObject({ url: address, tags: v.pipe(v.array(label), v.maxLength(1_000)), savedAt: v.exactOptional(time) }),
  ),
  isApart: v.exactOptional(v.literal(true)),
});

export const captureLineSchema = v.pipe(
  captureFields,
  v.check(({ capture: { chosen, markdown } }) => !chosen || (chosen.start < chosen.end && chosen.end <= markdown.length)),
) as unknown as v.GenericSchema<unknown, CaptureLine>;

/** A line of a part of conversations. */
export interface ConversationLine {
  readonly conversation: Conversation;
  readonly messages: readonly Message[];
  /** Pages that it asked and that are not in the library; absent when there are none. */
  readonly readings?: readonly Reading[];
}

/** A line of a part of pictures. */
export const pictureLineSchema = v.pipe(
  v.object({
    id,
    conversationId: id,
    type: v.picklist(pictureTypes),
    bytes: v.pipe(v.string(), v.base64(), v.maxLength(mostPictureBytes * 2)),
  }),
  v.transform(({ bytes, ...picture }) => ({ ...picture, bytes: bytesOfBase64(bytes) })),
  v.check(({ type, bytes }) => pictureTypeOf(bytes) === type),
) as unknown as v.GenericSchema<unknown, StoredPicture>;

const amount = v.pipe(v.number(), v.minValue(0), v.maxValue(1e9));

export const usageLineSchema = v.object({
  id,
  at: time,
  day: v.pipe(v.string(), v.isoDate()),
  host: label,
  model: label,
  purpose: v.picklist(callPurposes),
  conversationId: v.exactOptional(id),
  calls: count,
  promptTokens: amount,
  cachedTokens: amount,
  completionTokens: amount,
  usd: amount,
  unpricedCalls: count,
  isExpected: v.exactOptional(v.literal(true)),
}) as unknown as v.GenericSchema<unknown, UsageRow>;

const messageFields = { id, conversationId: id, createdAt: time, parentId: v.exactOptional(v.nullable(id)), text: v.string() };

const sourceSchema = v.looseObject({
  number,
  pageId: id,
  version: number,
  start: count,
  end: count,
  title: label,
  site: label,
  url: address,
  liveUrl: address,
  capturedAt: time,
  headingPath: v.array(text),
  quotation: v.string(),
});

const span = { start: count, end: count };

const checkSchema = v.looseObject({
  sentences: v.array(
    v.looseObject({
      ...span,
      verdict: v.picklist(['supported', 'unsupported', 'unchecked']),
      support: v.array(v.looseObject({ ...span, source: number, quote: v.string(), liveUrl: address })),
      unknown: v.array(v.looseObject(span)),
    }),
  ),
});

/** What a message can do without: where one of these is not what it should be, it is left away and the message kept. */
const dispensableFields: Readonly<Record<string, v.GenericSchema>> = {
  choices: askChoicesSchema,
  condensed: v.looseObject({ text, turns: count }),
  picture: v.looseObject({ id, type: v.picklist(pictureTypes), prompt: text }),
  asked: v.looseObject({
    text,
    modelKey: label,
    codes: v.pipe(v.string(), v.base64(), v.maxLength(100_000)),
    factor: v.pipe(v.number(), v.finite()),
  }),
  opened: v.pipe(v.array(number), v.maxLength(1_000)),
  usage: v.looseObject({
    model: label,
    promptTokens: amount,
    cachedTokens: v.exactOptional(amount),
    completionTokens: amount,
    reasoningTokens: v.exactOptional(amount),
    counted: v.boolean(),
    cost: v.exactOptional(
      v.variant('kind', [
        v.looseObject({ kind: v.literal('known'), usd: amount }),
        v.looseObject({ kind: v.picklist(['local', 'unknown']) }),
      ]),
    ),
  }),
};

function withoutDamagedFields<Written extends object>(message: Written): Written {
  const isSound = ([name, value]: [string, unknown]) => {
    const schema = Object.hasOwn(dispensableFields, name) ? dispensableFields[name] : undefined;
    return schema === undefined || v.is(schema, value);
  };
  return Object.fromEntries(Object.entries(message).filter(isSound)) as Written;
}

const readingSchema = v.pipe(
  v.looseObject({
    id,
    page: v.looseObject({ ...described, id, source: captureExtras.source, savedAt: time, version: number, passageCount: count }),
    version: versionSchema,
    language: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
    conversationId: id,
    readAt: time,
  }),
  v.check(({ id: readingId, page, version }) => page.id === readingId && version.pageId === readingId),
);

const answerFields = {
  kind: v.picklist(['written', 'quoted', 'picture', 'nothing-found']),
  status: v.picklist(['streaming', 'complete', 'stopped', 'failed']),
  sources: v.array(sourceSchema),
  check: v.exactOptional(checkSchema),
  report: v.looseObject({ pagesSearched: count, passagesUsed: count, pagesUsed: count }),
  durationMs: v.number(),
};

export const conversationLineSchema = v.pipe(
  v.looseObject({
    conversation: v.looseObject({ id, title: text, createdAt: time, updatedAt: time, shownId: v.exactOptional(id) }),
    messages: v.array(
      v.pipe(
        v.variant('role', [
          v.looseObject({ ...messageFields, role: v.literal('question') }),
          v.looseObject({
            ...messageFields,
            role: v.literal('answer'),
            ...answerFields,
            leftOut: v.exactOptional(v.pipe(v.array(v.picklist([...parameterNames, 'chat'])), v.maxLength(50))),
            assistant: v.exactOptional(label),
            fallback: v.exactOptional(v.object({ words: label, contact: label })),
          }),
        ]),
        v.transform(withoutDamagedFields),
      ),
    ),
    readings: v.exactOptional(v.pipe(v.array(readingSchema), v.maxLength(10_000))),
  }),
  v.check(({ conversation, messages, readings = [] }) =>
    [...messages, ...readings].every(({ conversationId }) => conversationId === conversation.id),
  ),
) as unknown as v.GenericSchema<unknown, ConversationLine>;

const judgedAnswerSchema = v.pipe(v.looseObject({ ...answerFields, text: v.string() }), v.transform(withoutDamagedFields));

const questionTexts = { text, instructions: v.exactOptional(text), reference: v.exactOptional(text) };

/** A line of a part of judgements: a comparison of two models, or one of its pairs. */
export const judgementLineSchema = v.variant('kind', [
  v.looseObject({
    kind: v.literal('run'),
    id,
    number: v.literal(0),
    createdAt: time,
    plan: judgementPlanSchema,
    pairs: count,
    state: v.picklist(['answering', 'stopped', 'answered']),
    isRevealed: v.exactOptional(v.literal(true)),
  }),
  v.looseObject({
    kind: v.literal('pair'),
    id,
    number,
    question: v.looseObject({
      ...questionTexts,
      history: v.exactOptional(v.pipe(v.array(v.looseObject({ question: text, answer: text })), v.maxLength(10_000))),
    }),
    isSwapped: v.boolean(),
    first: v.exactOptional(judgedAnswerSchema),
    second: v.exactOptional(judgedAnswerSchema),
    vote: v.exactOptional(voteSchema),
  }),
]) as unknown as v.GenericSchema<unknown, StoredJudgement>;
