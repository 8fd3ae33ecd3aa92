import { expect, it } from 'vitest';
import { trainingUsage } from '../../../../src/background/tuning/train/training-usage';
import { measureSpace } from '../../../../src/storage/measure-space';
import { openLibrary } from '../../../../src/storage/open-library';
import type { StoredTuningJob } from '../../../../src/storage/schema';
import { openTuningFile, putTuningFilePart, removeLeftTuningFiles } from '../../../../src/storage/tuning/tuning-files';
import {
  changeTuningCourse,
  changeTuningJob,
  listTuningJobs,
  putTuningJob,
  removeTuningJob,
} from '../../../../src/storage/tuning/tuning-jobs';
import { earlierLibrary } from '../../../support/first-library';
import { temporaryLibrary } from '../../../support/temporary-library';
import { beginTuningJob, tuningJob, tuningJobId } from '../../../support/tuning-job';

const id = tuningJobId('one');

it('A library of version 9 keeps its examples, and has a place for jobs of training', async () => {
  const example = { id: 'kept', createdAt: 1, example: { conversation: [] } };
  await earlierLibrary(9, (earlier) => earlier.put('examples', example).then(() => {}));
  const library = await openLibrary();
  expect(await library.getAll('examples')).toEqual([example]);
  await beginTuningJob(library, id);
  expect((await listTuningJobs(library)).map(({ job }) => job)).toEqual([tuningJob(id)]);
});

it('A file that was put aside in pieces is read as one', async () => {
  const library = await temporaryLibrary();
  for (let number = 0; number < 12; number += 1) await putTuningFilePart(library, id, 'training', number, new Blob([`${number};`]));
  await putTuningFilePart(library, id, 'validation', 0, new Blob(['other']));
  expect(await (await openTuningFile(library, id, 'training'))?.text()).toBe('0;1;2;3;4;5;6;7;8;9;10;11;');
  expect(await openTuningFile(library, tuningJobId('other'), 'training')).toBeUndefined();
});

it('A job of which a piece has gone, or that the limit forbids, is not stored, and nothing is set aside for it', async () => {
  const library = await temporaryLibrary();
  const job = tuningJob(id, { estimate: { epochs: 3, usd: 2 } });
  await putTuningFilePart(library, id, 'training', 0, new Blob(['a']));
  const own = { wish: 'one', isOfWish: ({ wish }: StoredTuningJob) => wish === 'one' };
  expect(await putTuningJob(library, job, 2, trainingUsage(job), 5, own)).toBe('files-gone');
  expect(await putTuningJob(library, job, 1, trainingUsage(job), 1, own)).toEqual({ spentUsd: 0 });
  expect([await listTuningJobs(library), await library.getAll('usage')]).toEqual([[], []]);
  expect(await putTuningJob(library, job, 1, trainingUsage(job), 2, own)).toBe('stored');
  const again = tuningJob(tuningJobId('again'));
  expect(await putTuningJob(library, again, 0, trainingUsage(again), undefined, own)).toEqual({ begun: job });
  expect(await library.getAll('usageMonths')).toMatchObject([{ usd: 2 }]);
});

it('What waits to be sent is counted among what takes room', async () => {
  const library = await temporaryLibrary();
  const bytes = async () => (await measureSpace(library)).reduce((sum, { bytes }) => sum + bytes, 0);
  const before = await bytes();
  await putTuningFilePart(library, id, 'training', 0, new Blob(['a'.repeat(100_000)]));
  expect((await bytes()) - before).toBeGreaterThanOrEqual(100_000);
});

it('What was put aside for a job that never was is removed, and nothing else', async () => {
  const library = await temporaryLibrary();
  const [left, beingMade] = [tuningJobId('left', 0), tuningJobId('making', 2)];
  await beginTuningJob(library, id);
  for (const side of ['training', 'validation'] as const)
    for (const number of [0, 1]) await putTuningFilePart(library, left, side, number, new Blob(['x']));
  await putTuningFilePart(library, beingMade, 'training', 0, new Blob(['x']));
  await removeLeftTuningFiles(library, (one) => one === beingMade);
  expect((await library.getAllKeys('tuningFiles')).map(([job]) => job)).toEqual([id, id, id, beingMade]);
});

it('What was to be sent goes when the service has the job, and all of a job when it is taken off the list', async () => {
  const library = await temporaryLibrary();
  await beginTuningJob(library, id);
  await changeTuningJob(library, id, (record) => ({ ...record, job: { ...record.job, state: 'creating' } }));
  expect(await library.count('tuningFiles')).toBe(3);
  await changeTuningJob(library, id, (record) => ({ ...record, job: { ...record.job, state: 'validating' } }));
  expect(await library.count('tuningFiles')).toBe(0);
  await changeTuningCourse(library, id, (course) => ({ ...course, metrics: [{ step: 1, trainingLoss: 1 }] }));
  expect(await library.count('tuningCourses')).toBe(1);
  await removeTuningJob(library, id);
  await changeTuningCourse(library, id, (course) => course);
  expect([await library.count('tuningJobs'), await library.count('tuningCourses')]).toEqual([0, 0]);
});
