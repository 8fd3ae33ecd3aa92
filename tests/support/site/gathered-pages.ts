import type { AwkwardPage, Visit } from './awkward-pages';
import { generateParagraphs } from './generate-sentences';

/** Pages that are saved in part, at several addresses, or with what is said in them. */

const captions = `WEBVTT

STYLE
::cue { color: yellow }

1
00:00:02.000 --> 00:00:05.000
<v Marta>Good evening from the observatory.</v>

2
00:00:05.500 --> 00:00:09.000
<v Marta>Tonight we grind a mirror &amp; polish it.</v>

NOTE nothing is said here

3
00:12:34.000 --> 00:12:39.000
The pitch lap is pressed for eleven minutes.

4
01:02:03.500 --> 01:02:07.000
Silver nitrate leaves the mirror bright.
`;

export const captionedSentence = 'The pitch lap is pressed for eleven minutes.';
/** On the page of the video itself, and nothing that is said in it. */
export const videoNote =
  'The lecture was given in the reading room of the old observatory, and the tea was served afterwards by the porter.';

function html(title: string, body: string, head = ''): AwkwardPage {
  return {
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`,
  };
}

/** As YouTube's pages carry it: the player's data in a script, and most of the page about other videos. */
function player({ query }: Visit): AwkwardPage {
  const data = {
    videoDetails: {
      videoId: 'mirror-01',
      title: 'How a mirror is ground',
      author: 'Marta Lindqvist',
      shortDescription: 'A lecture in three parts.\nWith "quotes" and {braces}.',
    },
    captions: {
      playerCaptionsTracklistRenderer: {
        captionTracks: [
          { baseUrl: '/awkward/captions?lang=en&kind=asr', languageCode: 'en', kind: 'asr' },
          { baseUrl: 'https://captions.invalid/steal', languageCode: 'en' },
          { baseUrl: '/awkward/captions?lang=en', languageCode: 'en' },
        ],
      },
    },
  };
  const others = Array.from(
    { length: 30 },
    (_, index) => `<li><a href="/awkward/player?v=other-${index}">Another video, number ${index}</a></li>`,
  ).join('');
  return html(
    `How a mirror is ground – Videos ${query.get('v') ?? ''}`,
    `<script>var ytInitialPlayerResponse = ${JSON.stringify(data)};var meta = document.createElement('meta');</script>
     <h1>How a mirror is ground</h1><video></video><ul>${others}</ul>`,
    '<link rel="canonical" href="/awkward/player?v=stale">',
  );
}

export const gatheredPages: Readonly<Record<string, (visit: Visit) => AwkwardPage>> = {
  captioned: () =>
    html(
      'A lecture on mirrors',
      `<main><article><h1>A lecture on mirrors</h1><video controls><track kind="subtitles" srclang="de" src="/awkward/captions?lang=de"><track kind="captions" srclang="en" src="/awkward/captions"></video>
       <p>${videoNote}</p><p>${generateParagraphs(60).join('</p><p>')}</p></article></main>`,
    ),
  captions: ({ query }) => ({
    body: query.get('lang') === 'de' ? captions.replace('The pitch lap', 'Die Pechhaut') : captions,
    headers: { 'content-type': 'text/vtt; charset=utf-8' },
  }),
  player,
  /** Its captions do not come. */
  'mute-video': () =>
    html(
      'A silent lecture',
      `<main><article><h1>A silent lecture</h1><video><track kind="captions" src="/awkward/no-such-captions"></video><p>${videoNote}</p><p>${generateParagraphs(80).join('</p><p>')}</p></article></main>`,
    ),
  /** `?site=` is another address of the same article but for one word, `?number=` is another article in that one number. */
  copied: ({ query }) => {
    const words = generateParagraphs(700).join('</p><p>');
    const text = query.has('site') ? words.replace('ledger', 'daybook') : words;
    const number = query.get('number') ?? '12';
    return html(
      'The ledger of the harbour',
      `<main><article><h1>The ledger of the harbour</h1><p>${text}</p><p>The harbour dues were ${number} shillings.</p></article></main>`,
    );
  },
  /** Each visit after the first finds one sentence changed. */
  revised: ({ earlierVisits }) => {
    const paragraphs = generateParagraphs(2_400);
    const middle = Math.floor(paragraphs.length / 2);
    const text = paragraphs.map((words, index) =>
      index === middle && earlierVisits > 0 ? `${words} The sluice was mended on visit ${earlierVisits}.` : words,
    );
    return html('The sluice book', `<main><article><h1>The sluice book</h1><p>${text.join('</p><p>')}</p></article></main>`);
  },
};
