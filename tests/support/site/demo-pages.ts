/** An article of the demo site: written for this project, about places and people that do not exist. */
export interface DemoPage {
  /** Where the site serves it. */
  readonly path: string;
  /** In `pages/`. */
  readonly file: string;
  /** The headline as a reader would name it. */
  readonly title: string;
  /** The site's name as the page gives it. */
  readonly site: string;
  readonly language: string;
}

export const demoPages: readonly DemoPage[] = [
  { path: '/essays/fresnel-lens', file: 'fresnel-lens.html', title: 'A staircase for light', site: 'The Long Shore', language: 'en-GB' },
  {
    path: '/kitchen/sourdough',
    file: 'sourdough.html',
    title: 'Sourdough fermentation, hour by hour',
    site: 'Crumb & Crust',
    language: 'en',
  },
  { path: '/docs/retries', file: 'tidewheel-retries.html', title: 'Retries and dead letters', site: 'Tidewheel', language: 'en' },
  {
    path: '/forum/thread/4182',
    file: 'heat-pump-thread.html',
    title: 'Heat pump hums at night, but only at night',
    site: 'Warmhouse Forum',
    language: 'en-GB',
  },
  { path: '/ja/washi', file: 'washi.html', title: '雪の下の紙', site: '山里手帖', language: 'ja' },
  { path: '/ar/aflaj', file: 'aflaj.html', title: 'ماء يمشي وحده: حكاية فلج السدرة', site: 'مجلة الواحة', language: 'ar' },
  { path: '/field/tide-pools', file: 'tide-pools.html', title: 'Life between the tides', site: 'Fieldbook', language: 'en' },
  {
    path: '/news/harbour-tram',
    file: 'harbour-tram.html',
    title: 'Harbour tram to open in May 2027 after council vote',
    site: 'Port Ansel Courier',
    language: 'en-GB',
  },
];

/** A question that exactly one demo page answers. */
export interface DemoQuestion {
  readonly question: string;
  readonly pagePath: string;
  /** Stands, letter for letter, in the one sentence that answers it. */
  readonly answerContains: string;
}

export const demoQuestions: readonly DemoQuestion[] = [
  {
    question: 'How many separate prisms does the lens from Skerrow Head hold?',
    pagePath: '/essays/fresnel-lens',
    answerContains: '1,014 separate prisms',
  },
  {
    question: 'When was the great lens at Skerrow Head lit for the last time?',
    pagePath: '/essays/fresnel-lens',
    answerContains: '3 March 1974',
  },
  {
    question: 'At what temperature are the yeasts in a starter happiest?',
    pagePath: '/kitchen/sourdough',
    answerContains: '26 degrees Celsius',
  },
  { question: 'How long should the loaf rest on a rack?', pagePath: '/kitchen/sourdough', answerContains: 'on a rack for two hours' },
  { question: 'How long does Tidewheel keep dead letters?', pagePath: '/docs/retries', answerContains: '30 days' },
  {
    question: 'Which error sends a Tidewheel task straight to the dead letters?',
    pagePath: '/docs/retries',
    answerContains: 'PermanentError',
  },
  {
    question: 'Which firmware does the heat pump need so that quiet mode does not hum?',
    pagePath: '/forum/thread/4182',
    answerContains: '2.14 or later',
  },
  { question: '戸田さんは一日に何枚の紙を漉きますか？', pagePath: '/ja/washi', answerContains: '二百四十枚' },
  { question: 'كم عمق البئر الأم في السدرة؟', pagePath: '/ar/aflaj', answerContains: 'ثمانية وثلاثون' },
  { question: 'How warm did the top pool at Gannet Ledge get in August 2022?', pagePath: '/field/tide-pools', answerContains: '33.5 °C' },
  { question: 'How many barnacles are there on a square metre of Gannet Ledge?', pagePath: '/field/tide-pools', answerContains: '40,000' },
  { question: 'What will the harbour tram line cost?', pagePath: '/news/harbour-tram', answerContains: '£187 million' },
  {
    question: 'How many of the elms will be felled?',
    pagePath: '/news/harbour-tram',
    answerContains: 'Nine will be felled',
  },
];
