/** Where the composer keeps what has been typed. */
export const draftKey = 'draft';

/** What has been asked elsewhere is not kept to be asked once more. Something else that is being written stays. */
export function forgetDraft(memory: Pick<Storage, 'getItem' | 'setItem'>, question: string): void {
  if (memory.getItem(draftKey)?.trim() === question) memory.setItem(draftKey, '');
}
