import { everythingAllowed, maximumRobotsBytes, parseRobots, type RobotsRules } from '../../core/capture/robots-rules';
import { problemOf } from '../../core/problem';
import { fetchDocument } from '../../fetching/fetch-document';

const timeoutMs = 20_000;

/**
 * The rules of a site. One that has none allows everything, whatever it says instead (RFC 9309 §2.3.1.3).
 * @throws ProblemError `fetch-…` when the site cannot be asked now: then nothing is to be fetched from it (§2.3.1.4)
 */
export async function fetchRobots(origin: string): Promise<RobotsRules> {
  try {
    const { bytes } = await fetchDocument(`${origin}/robots.txt`, {
      signal: new AbortController().signal,
      maximumBytes: 4 * maximumRobotsBytes,
      timeoutMs,
    });
    return parseRobots(new TextDecoder().decode(bytes.subarray(0, maximumRobotsBytes)));
  } catch (error) {
    const { code, detail = '' } = problemOf(error);
    const isWithout = code === 'fetch-too-large' || (code === 'fetch-refused' && /^4/.test(detail) && detail !== '429');
    if (isWithout) return everythingAllowed;
    throw error;
  }
}
