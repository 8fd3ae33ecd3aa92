import type { FileToUpload, UploadProgress } from '../../src/models/tuning-service';

/** A file that is to be sent, and what was noted while it was. */
export function sendingFile(data: Blob, progress?: UploadProgress): FileToUpload & { readonly noted: UploadProgress[] } {
  const noted: UploadProgress[] = [];
  const noteProgress = async (one: UploadProgress) => void noted.push(one);
  return { name: 'train.jsonl', data, noted, noteProgress, ...(progress ? { progress } : {}) };
}
