import { stem } from './content-words';

/**
 * Words that mean nearly the same. A text that uses one of them lies near a text that uses another, and a question asked in one
 * finds the sentence written in the other: the semantic match that a real model would make. The first word names the concept.
 */
const synonymGroups: readonly string[] = [
  'car automobile vehicle motorcar',
  'doctor physician medic clinician',
  'price cost fee charge',
  'repair mend fix restore',
  'ship vessel boat',
  'sailor mariner seaman seafarer',
  'lamp lantern beacon light',
  'big large huge enormous',
  'fast quick rapid speedy',
  'begin start commence',
  'end finish conclude cease',
  'buy purchase acquire',
  'child kid infant',
  'house home dwelling',
  'job work occupation employment',
  'money cash funds',
  'illness disease sickness ailment',
  'teacher instructor tutor',
  'bread loaf dough',
  'yeast starter leaven levain',
  'oven stove cooker',
  'hot warm heat heated',
  'cold chilled cool refrigerate fridge refrigerator',
  'year annum',
  'town city village',
  'mayor councillor',
  'rain rainfall precipitation drizzle',
  'flood inundation deluge',
  'error fault failure bug',
  'delete remove erase discard',
  'wait delay pause',
  'retry repeat reattempt',
  'film movie picture',
  'garden allotment yard',
  'bee pollinator honeybee',
  'tree oak elm timber',
  'win victory triumph',
  'king monarch sovereign',
  'war conflict battle',
  'noise sound racket hum',
  'bicycle bike cycle',
  'road street lane',
  'photograph photo picture',
  'invent devise create',
];

const conceptByStem = new Map<string, string>();
for (const group of synonymGroups) {
  const words = group.split(' ');
  for (const word of words) if (!conceptByStem.has(stem(word))) conceptByStem.set(stem(word), words[0] ?? word);
}

/** The concept that a stemmed word stands for, if the table knows it. */
export function conceptOf(stemmedWord: string): string | undefined {
  return conceptByStem.get(stemmedWord);
}
