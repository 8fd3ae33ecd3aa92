const subjects = [
  'The ferry',
  'A surveyor',
  'The old mill',
  'Her brother',
  'The northern road',
  'A flock of starlings',
  'The committee',
  'Our neighbour',
  'The archive',
  'A quiet engine',
];
const verbs = ['crosses', 'remembers', 'measures', 'follows', 'outlives', 'surrounds', 'describes', 'repairs', 'carries', 'watches'];
const objects = [
  'the frozen harbour',
  'a field of barley',
  'the second bridge',
  'an unfinished map',
  'the copper roof',
  'three narrow boats',
  'the winter timetable',
  'a line of poplars',
  'the stone granary',
  'a borrowed ladder',
];
const endings = [
  'before dawn',
  'in the rainy season',
  'without a word',
  'at the end of the week',
  'for the first time',
  'as the charter demands',
  'by the light of a lantern',
  'since the flood',
  'on market days',
  'whenever the wind turns',
];

function pick(words: readonly string[], index: number): string {
  return words[index % words.length] ?? '';
}

/**
 * The sentence of a number, always the same; no two of the first ten thousand agree, and each names its own number so that it can be asked for.
 */
export function generateSentence(index: number): string {
  const [subject, verb] = [pick(subjects, index), pick(verbs, Math.floor(index / 10))];
  const [object, ending] = [pick(objects, Math.floor(index / 100) + index), pick(endings, Math.floor(index / 1_000) + index * 3)];
  return `${subject} ${verb} ${object} ${ending}, as entry ${index + 1} of the ledger says.`;
}

/** Paragraphs of five sentences, of exactly this many words in all (the last sentence is cut short). */
export function generateParagraphs(wordCount: number): string[] {
  const paragraphs: string[] = [];
  let sentences: string[] = [];
  for (let index = 0, left = wordCount; left > 0; index += 1) {
    const words = generateSentence(index).split(' ').slice(0, left);
    left -= words.length;
    sentences.push(words.join(' '));
    if (sentences.length === 5 || left === 0) {
      paragraphs.push(sentences.join(' '));
      sentences = [];
    }
  }
  return paragraphs;
}
