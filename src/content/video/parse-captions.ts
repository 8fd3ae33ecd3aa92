/** A line of captions, from the second it is shown at. */
export interface Cue {
  readonly seconds: number;
  readonly text: string;
}

const timing = /^(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s+-->/;

/** Reads WebVTT or SubRip. Marks of speakers, styles and places are left out; what is shown twice in a row, as rolling captions do, is read once. */
export function parseCaptions(file: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of file.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => timing.test(line));
    if (at < 0) continue;
    const [, hours = '0', minutes = '0', seconds = '0', fraction = '0'] = timing.exec(lines[at] ?? '') ?? [];
    const start = Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction}`);
    const text = captionText(lines.slice(at + 1).join(' '));
    if (text && text !== cues.at(-1)?.text) cues.push({ seconds: start, text });
  }
  return cues;
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': ' ',
  '&lrm;': '',
  '&rlm;': '',
  '&quot;': '"',
  '&#39;': "'",
};

export function captionText(marked: string): string {
  return marked
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm|quot|#39);/g, (entity) => entities[entity] ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}
