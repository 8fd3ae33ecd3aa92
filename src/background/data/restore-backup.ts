import type { Assistant } from '../../core/assistants/assistant';
import { type BackupPart, backupNames } from '../../core/backup/backup-format';
import { movedSources, moveSources } from '../../core/pages/move-sources';
import { ProblemError, problemOf } from '../../core/problem';
import type { UsageRow } from '../../core/spending/usage-row';
import type { ExampleDraft } from '../../core/tuning/drafts/example-draft';
import type { JudgedAnswer, StoredJudgement } from '../../core/tuning/judging/judgement';
import type { StoredExample } from '../../core/tuning/stored-example';
import { unpackVectors } from '../../core/vectors/packed-vectors';
import { assistantSchema } from '../../protocol/assistant-schema';
import { exampleDraftSchema } from '../../protocol/draft-request-schemas';
import { storedExampleSchema } from '../../protocol/example-schema';
import { tuningJobLineSchema } from '../../protocol/tuning-job-schema';
import type { RestoreRecord } from '../../storage/backup/restore-record';
import { putPicture as restorePicture } from '../../storage/conversations/pictures';
import { restoreConversation } from '../../storage/conversations/restore-conversation';
import type { Library, StoredPicture } from '../../storage/schema';
import { restoreAssistant } from '../../storage/settings/assistants';
import { restoreUsage } from '../../storage/settings/usage';
import { restoreDraft } from '../../storage/tuning/example-drafts';
import { restoreExample } from '../../storage/tuning/examples';
import { restoreJudgementRecord } from '../../storage/tuning/judgements';
import { type BackedUpTuningJob, restoreTuningJob } from '../../storage/tuning/tuning-jobs';
import { chooseIndexModel, readVectorModels } from '../../storage/vectors/vector-models';
import {
  type CaptureLine,
  type ConversationLine,
  captureLineSchema,
  conversationLineSchema,
  judgementLineSchema,
  type PageLine,
  pageLineSchema,
  pictureLineSchema,
  usageLineSchema,
} from './backup-schemas';
import { vectorPartOf } from './examine-backup';
import { type OpenBackup, openBackup, parse, parseLines } from './open-backup';
import { restoreCapture } from './restore-capture';
import { type RestorePageTools, restorePage } from './restore-page';
import { restoredSettingsSchema, restoreSettings, type SettingsWriters } from './restored-settings';
import { damaged } from './zip-reader';

export interface RestoreTools {
  readonly readRecord: () => Promise<RestoreRecord | undefined>;
  readonly writeRecord: (record: RestoreRecord) => Promise<void>;
  readonly openLibrary: () => Promise<Library>;
  /** The backup, decrypted, where it was put when it was examined. */
  readonly openFile: () => Promise<Blob | undefined>;
  readonly removeFile: () => Promise<void>;
  readonly detectLanguage: RestorePageTools['detectLanguage'];
  readonly settingsWriters: SettingsWriters;
  readonly newId: () => string;
  /** Milliseconds on a clock that runs on. */
  readonly elapsed: () => number;
  /** How far the restore is has changed. `isOver` when it does not go on by itself: it is done, paused, stopped or given up. */
  readonly changed: (isOver: boolean) => void;
}

/** After so long the worker sees to what else waits: a page that is being saved goes first. */
const pieceMs = 400;
/** A worker that dies at one place again and again will not get past it. */
const mostAttempts = 5;

/** Restores what was examined and begun, piece by piece, each of which may be the last that this worker does. */
export interface Restorer {
  /** @param begin is called before anything is done @returns whether there was anything to do */
  piece(begin: () => void): Promise<boolean>;
}

/** What is being read: only ever a cache of what is in the file. */
interface Reading {
  readonly backup: OpenBackup;
  readonly part?: { readonly index: number; readonly lines: readonly unknown[]; readonly vectors: Uint8Array };
}

export function restorer(tools: RestoreTools): Restorer {
  let reading: Reading | undefined;
  return {
    async piece(begin) {
      const record = await tools.readRecord();
      if (record?.state !== 'running') return false;
      begin();
      let next = record;
      try {
        if (record.attempts >= mostAttempts) throw new ProblemError({ code: 'interrupted' });
        await tools.writeRecord({ ...record, attempts: record.attempts + 1 });
        if (reading?.backup.manifestSha256 !== record.manifestSha256) reading = { backup: await openExamined(record, tools) };
        reading = await restoreNext(record, reading, tools, (reached) => {
          next = reached;
        });
      } catch (error) {
        reading = undefined;
        next = { ...next, state: 'stopped', problem: problemOf(error) };
      }
      const now = await tools.readRecord();
      // Given up or paused meanwhile: what was done is done, and noted.
      const state = next.state === 'running' ? now?.state : next.state;
      if (now && state) await tools.writeRecord({ ...next, attempts: 0, state });
      if (next.state === 'done') {
        reading = undefined;
        await tools.removeFile();
      }
      tools.changed(state !== 'running');
      return true;
    },
  };
}

async function openExamined({ manifestSha256 }: RestoreRecord, { openFile }: RestoreTools): Promise<OpenBackup> {
  const file = await openFile();
  if (!file) throw new ProblemError({ code: 'backup-gone' });
  const backup = await openBackup(file);
  if (backup.manifestSha256 !== manifestSha256) throw damaged(backupNames.manifest);
  return backup;
}

async function restoreNext(
  record: RestoreRecord,
  reading: Reading,
  tools: RestoreTools,
  reached: (record: RestoreRecord) => void,
): Promise<Reading> {
  const { backup } = reading;
  const library = await tools.openLibrary();
  const part = backup.manifest.parts[record.part];
  if (!part) {
    reached(await finish(record, backup, library, tools));
    return reading;
  }
  const read = reading.part?.index === record.part ? reading.part : await readPart(backup, part, record.part);
  const until = tools.elapsed() + pieceMs;
  let next = record;
  while (next.line < read.lines.length && tools.elapsed() < until) {
    const line = read.lines[next.line];
    if (part.kind === 'pages') next = await restorePageLine(next, line as PageLine, read.vectors, library, backup, tools);
    else if (part.kind === 'assistants') await restoreAssistant(library, line as Assistant);
    else if (part.kind === 'examples') await restoreExample(library, line as StoredExample);
    else if (part.kind === 'tuning-jobs') await restoreTuningJob(library, line as BackedUpTuningJob);
    else if (part.kind === 'drafts') await restoreDraft(library, line as ExampleDraft);
    else if (part.kind === 'judgements') await restoreJudgementLine(next, line as StoredJudgement, library);
    else if (part.kind === 'captures') await restoreCapture(line as CaptureLine, library, tools.newId);
    else if (part.kind === 'pictures') await restorePicture(library, line as StoredPicture);
    else if (part.kind === 'usage') await restoreUsage(library, line as UsageRow);
    else await restoreConversationLine(next, line as ConversationLine, library);
    // A page may take several lines.
    next = { ...next, line: next.line + 1, done: Math.min(next.done + 1, next.total) };
    reached(next);
  }
  if (next.line >= read.lines.length) reached({ ...next, part: next.part + 1, line: 0 });
  return { backup, part: read };
}

async function readPart(backup: OpenBackup, part: BackupPart, index: number): Promise<NonNullable<Reading['part']>> {
  const none = { index, lines: [], vectors: new Uint8Array() };
  if (part.kind === 'vectors' || part.kind === 'settings') return none;
  const bytes = await backup.readPart(part);
  if (part.kind === 'assistants') return { ...none, lines: [...parseLines(assistantSchema, bytes, part)] };
  if (part.kind === 'examples') return { ...none, lines: [...parseLines(storedExampleSchema, bytes, part)] };
  if (part.kind === 'tuning-jobs') return { ...none, lines: [...parseLines(tuningJobLineSchema, bytes, part)] };
  if (part.kind === 'drafts') return { ...none, lines: [...parseLines(exampleDraftSchema, bytes, part)] };
  if (part.kind === 'judgements') return { ...none, lines: [...parseLines(judgementLineSchema, bytes, part)] };
  if (part.kind === 'captures') return { ...none, lines: [...parseLines(captureLineSchema, bytes, part)] };
  if (part.kind === 'conversations') return { ...none, lines: [...parseLines(conversationLineSchema, bytes, part)] };
  if (part.kind === 'pictures') return { ...none, lines: [...parseLines(pictureLineSchema, bytes, part)] };
  if (part.kind === 'usage') return { ...none, lines: [...parseLines(usageLineSchema, bytes, part)] };
  const ofVectors = backup.manifest.parts.find(({ name }) => name === vectorPartOf(part));
  const vectors = ofVectors ? await backup.readPart(ofVectors) : none.vectors;
  return { index, lines: [...parseLines(pageLineSchema, bytes, part)], vectors };
}

async function restorePageLine(
  record: RestoreRecord,
  { vectors: places, ...line }: PageLine,
  bytes: Uint8Array,
  library: Library,
  { manifest }: OpenBackup,
  { detectLanguage }: RestoreTools,
): Promise<RestoreRecord> {
  const { indexModel, unwanted } = await readVectorModels(library);
  const vectors = places.flatMap((place) => {
    const unpacked = unwanted.includes(place.modelKey) ? undefined : unpackVectors(bytes, place, line.passages.length);
    return unpacked && unpacked.length > 0 ? [{ modelKey: place.modelKey, vectors: unpacked }] : [];
  });
  const firstModel = record.hadIndexModel ? indexModel : manifest.indexModel;
  const moved = await restorePage({ ...line, vectors }, { library, detectLanguage, firstModel });
  if (!moved) return record;
  const versions = { ...record.moved[line.page.id]?.versions, ...moved.versions };
  return { ...record, moved: { ...record.moved, [line.page.id]: { ...moved, versions } } };
}

async function restoreConversationLine(
  record: RestoreRecord,
  { conversation, messages, readings }: ConversationLine,
  library: Library,
): Promise<void> {
  const placeOf = placesIn(record);
  const placed = messages.map((message) => moveSources(message, placeOf));
  await restoreConversation(library, conversation, placed, readings);
}

async function restoreJudgementLine(record: RestoreRecord, line: StoredJudgement, library: Library): Promise<void> {
  const placeOf = placesIn(record);
  const placed = (answer: JudgedAnswer) => ({ ...answer, sources: movedSources(answer.sources, placeOf) });
  const { first, second } = line.kind === 'pair' ? line : {};
  await restoreJudgementRecord(library, {
    ...line,
    ...(first ? { first: placed(first) } : {}),
    ...(second ? { second: placed(second) } : {}),
  });
}

/** Where pages and versions of the backup are in the library. */
function placesIn(record: RestoreRecord): Parameters<typeof movedSources>[1] {
  const moved = new Map(Object.entries(record.moved));
  return (pageId, version) => {
    const page = moved.get(pageId);
    return page && { pageId: page.to, version: page.versions[version] ?? version };
  };
}

async function finish(record: RestoreRecord, backup: OpenBackup, library: Library, tools: RestoreTools): Promise<RestoreRecord> {
  const { indexModel, trust, parts } = backup.manifest;
  if (indexModel !== undefined && !record.hadIndexModel) await chooseIndexModel(library, indexModel, trust);
  const settings = parts.find(({ name }) => name === backupNames.settings);
  if (record.withSettings && settings) {
    const bytes = await backup.readPart(settings);
    await restoreSettings(parse(restoredSettingsSchema, new TextDecoder().decode(bytes), settings.name), tools.settingsWriters);
  }
  const { problem: _, ...rest } = record;
  return { ...rest, state: 'done' };
}
