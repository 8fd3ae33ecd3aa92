import { stemmer as stemRegular } from '@orama/stemmers/english';

/**
 * The word as it stands in a dictionary and its forms that no rule makes; none that is mostly another word, such as «found», «left», «rose», «leaves». What
 * may be a noun too stands here with its plural, so that «LEDs» and «thoughts» still find «LED» and «thought».
 */
const irregular = `arise arose arisen, awake awoke awoken, become became, begin began begun, bend bent, bleed bled, blow blew blown, break broke broken,
  breed bred, bring brought, build built, burn burnt, buy bought, catch caught, choose chose chosen, cling clung, come came, creep crept, deal dealt, dig dug,
  draw drew drawn, dream dreamt, drink drank drunk drunks, drive drove droves driven, eat ate eaten, fall fell fells fallen, feel felt felts, fight fought,
  flee fled, fling flung, fly flew flown, forbid forbade forbidden, foresee foresaw foreseen, forget forgot forgotten, forgive forgave forgiven, forsake forsook forsaken,
  freeze froze frozen, get got gotten, give gave given, grow grew grown, hang hung, hear heard, hide hid hidden, hold held, keep kept,
  kneel knelt, know knew known, lead led leds, lean leant, leap leapt, learn learnt, lend lent, lose lost, make made, mean meant, meet met, mistake mistook mistaken,
  overcome overcame, overtake overtook overtaken, overthrow overthrew overthrown, pay paid, rewrite rewrote rewritten, ride rode ridden, ring rang rung rungs,
  rise risen, run ran, say said, see saw saws seen, seek sought, sell sold, send sent, shake shook shaken, shine shone, shoot shot shots, show shown, shrink shrank shrunk,
  sing sang sung, sink sank sunk, sit sat, sleep slept, slide slid, speak spoke spokes spoken, spend spent, spin spun, spring sprang sprung, stand stood,
  steal stole stolen, stick stuck, sting stung, strike struck stricken, strive strove striven, swear swore sworn, sweep swept, swell swollen, swim swam swum,
  swing swung, take took taken, teach taught, tear tore torn, tell told, think thought thoughts, throw threw thrown, undergo underwent undergone,
  understand understood, undertake undertook undertaken, uphold upheld, wake woke woken, wear wore worn, weave wove woven, weep wept, win won,
  withdraw withdrew withdrawn, withhold withheld, withstand withstood, write wrote written,
  man men, woman women, child children, foot feet, tooth teeth, goose geese, mouse mice, wife wives, knife knives, half halves, shelf shelves, wolf wolves,
  thief thieves, loaf loaves, calf calves, phenomenon phenomena, criterion criteria, bacterium bacteria, analysis analyses, crisis crises, hypothesis hypotheses,
  thesis theses, index indices, appendix appendices, matrix matrices, vertex vertices, nucleus nuclei, fungus fungi, stimulus stimuli, alumnus alumni,
  radius radii, larva larvae, alga algae, formula formulae`;

let known: ReadonlyMap<string, string> | undefined;

/** Made at the first word: a worker that only starts needs none. */
function basesByForm(): ReadonlyMap<string, string> {
  known ??= new Map(
    irregular.split(',').flatMap((entry) => {
      const [base = '', ...forms] = entry.trim().split(/\s+/);
      return forms.map((form) => [form, base] as const);
    }),
  );
  return known;
}

/** The stem of an English word by Snowball's rules, that of «wrote» and «women» too: a question asks when she «did write» what the page says she «wrote». */
export function stemEnglish(word: string): string {
  return stemRegular(basesByForm().get(word) ?? word);
}
