import { describe, expect, it } from 'vitest';
import { maxCapturedCharacters } from '../../../../src/core/pages/page';
import { beforeTranscript, withTranscript } from '../../../../src/core/pages/transcript-part';

const said = 'Tonight we grind a mirror.\n\nThen we polish it.';

function video(page: string) {
  const before = beforeTranscript(page);
  return {
    markdown: before + said,
    locators: [said.indexOf('Tonight'), said.indexOf('Then')].map((start) => ({ start: before.length + start, seconds: start })),
  };
}

describe('A transcript', () => {
  it.each(['Notes of the evening.', ''])('stands behind another text of its page, each line still with its second (after “%s”)', (page) => {
    const { markdown, locators } = withTranscript('Notes, with the comments on them.', video(page));
    expect(markdown).toBe(`Notes, with the comments on them.\n\n## Transcript\n\n${said}`);
    expect(locators?.map(({ start, seconds }) => [markdown.slice(start, start + 6), seconds])).toEqual([
      ['Tonigh', 0],
      ['Then w', said.indexOf('Then')],
    ]);
  });

  it('is found by its heading when none of its lines has a second', () => {
    const { markdown } = video('The page has a\n\n## Transcript\n\nof another talk.');
    expect(withTranscript('Notes.', { markdown })).toEqual({ markdown: `Notes.\n\n## Transcript\n\n${said}` });
  });

  it('is whole when the page has become too long for both', () => {
    const { markdown } = withTranscript('a'.repeat(maxCapturedCharacters), video('Notes.'));
    expect(markdown.length).toBeLessThanOrEqual(maxCapturedCharacters);
    expect(markdown.endsWith(said)).toBe(true);
  });
});
