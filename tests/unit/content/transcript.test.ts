import { describe, expect, it } from 'vitest';
import { parseCaptions } from '../../../src/content/video/parse-captions';
import { transcriptMarkdown } from '../../../src/content/video/transcript-markdown';
import { locatorAt } from '../../../src/core/pages/locators';

describe('captions', () => {
  it('are read from WebVTT without its marks, notes and styles', () => {
    const file = `WEBVTT - a lecture\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE hidden\n\n00:01.500 --> 00:04.000 align:start\n<v Marta>Good <i>evening</i> &amp;\nwelcome.</v>\n\n1:02:03.000 --> 1:02:05.000\nThe end.\n`;
    expect(parseCaptions(file)).toEqual([
      { seconds: 1.5, text: 'Good evening & welcome.' },
      { seconds: 3_723, text: 'The end.' },
    ]);
  });

  it('are read from SubRip, with its commas and line ends', () => {
    expect(
      parseCaptions('1\r\n00:00:02,250 --> 00:00:04,000\r\nGood evening.\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\nWelcome.\r\n'),
    ).toEqual([
      { seconds: 2.25, text: 'Good evening.' },
      { seconds: 5, text: 'Welcome.' },
    ]);
  });

  it('that roll, showing a line twice, say it once', () => {
    expect(parseCaptions('00:01.000 --> 00:02.000\nGood evening.\n\n00:02.000 --> 00:03.000\nGood evening.\n')).toHaveLength(1);
  });

  it('are none in a page of the site that stands in their place', () => {
    expect(parseCaptions('<!doctype html><title>Sign in</title><p>Sign in to go on --> here</p>')).toEqual([]);
  });
});

describe('a transcript', () => {
  const cues = Array.from({ length: 60 }, (_, index) => ({
    seconds: index * 3,
    text: `Sentence ${index} of the lecture on mirrors and lenses.`,
  }));

  it('has the second of each line where the line begins', () => {
    const before = 'About.\n\n';
    const { markdown, locators } = transcriptMarkdown(cues, before.length, 100_000);
    const text = before + markdown;
    for (const [index, { text: words, seconds }] of cues.entries()) {
      expect(text.startsWith(words, locators[index]?.start)).toBe(true);
      expect(locatorAt(locators, text.indexOf(words) + 5)?.seconds).toBe(seconds);
    }
  });

  it('is in paragraphs that end with a sentence, or at a pause', () => {
    const paragraphs = transcriptMarkdown(cues, 0, 100_000).markdown.split('\n\n');
    expect(paragraphs.length).toBeGreaterThan(3);
    for (const paragraph of paragraphs) expect(paragraph.length).toBeLessThan(800);
    const paused = [cues[0], { seconds: 60, text: 'After the tea.' }].filter((cue) => cue !== undefined);
    expect(transcriptMarkdown(paused, 0, 1_000).markdown.split('\n\n')).toHaveLength(2);
  });

  it('never turns what is said into marks, and keeps to its limit, saying what share that is', () => {
    expect(transcriptMarkdown([{ seconds: 0, text: '# 1. *not* <b>bold</b>' }], 0, 100).markdown).toBe('\\# 1. \\*not\\* \\<b>bold\\</b>');
    const cut = transcriptMarkdown(cues, 0, 500);
    expect(cut.markdown.length).toBeLessThanOrEqual(500);
    expect(cut.shareKept).toBeCloseTo(cut.locators.length / cues.length);
    expect(cut.shareKept).toBeGreaterThan(0);
  });
});
