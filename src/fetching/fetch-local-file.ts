import { ProblemError } from '../core/problem';

/**
 * Reads a file of the person's disk that a tab shows. The browser lets the extension do so only where the person has allowed it.
 * @param url of the scheme `file:`
 * @throws ProblemError `file-not-granted`
 */
export async function fetchLocalFile(url: string): Promise<Blob> {
  try {
    return await (await fetch(url)).blob();
  } catch (cause) {
    throw new ProblemError({ code: 'file-not-granted' }, { cause });
  }
}
