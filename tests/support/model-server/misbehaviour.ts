import { cutIntoDeltas } from './chat-completions';
import type { Reply } from './reply';

/** What a model does with a request that was well, when it does not do as it was asked. */
export type Misbehaviour =
  /** Its marks written in another way; `$n` stands for the number. */
  | { readonly kind: 'marks'; readonly form: string }
  /** Says this in place of its answer. */
  | { readonly kind: 'says'; readonly text: string }
  | { readonly kind: 'empty' }
  /** Thinks in fields of its own, and says nothing. */
  | { readonly kind: 'reasons-only' }
  /** A `refusal` in the place of `content`. */
  | { readonly kind: 'refuses'; readonly text: string }
  /** Half of its answer, then the finish reason `content_filter`. */
  | { readonly kind: 'filtered' }
  /** Its answer, then this for ever. */
  | { readonly kind: 'loops'; readonly text: string }
  /** So many characters in paragraphs, no two sentences of them alike, in pieces that end anywhere. */
  | { readonly kind: 'floods'; readonly characters: number }
  /** Half of its answer, then the finish reason `length`. */
  | { readonly kind: 'cut-off' }
  /** Bytes that are no UTF-8 in the middle of its answer. */
  | { readonly kind: 'broken-letters' }
  /** Half of its answer, then an event whose one line has no end. */
  | { readonly kind: 'endless-line' }
  /** Events of these data. */
  | { readonly kind: 'events'; readonly events: readonly string[] }
  /** Its answer as one JSON text, though a stream was asked for. */
  | { readonly kind: 'not-streamed' };

/** Ends the test's patience, not the server's: whoever reads must have hung up long before. */
const mostLoops = 20_000;
const bytesOfEndlessLine = 12 * 2 ** 20;

/** @param honest the stream that the model would have answered with */
export function misbehave(order: Misbehaviour, honest: Reply): Reply {
  if (honest.type !== 'stream') return honest;
  const frame = JSON.parse(honest.events[0] ?? '{}') as Record<string, unknown>;
  const text = honest.events.map(contentOf).join('');
  const usage = honest.events.filter((event) => event.includes('"choices":[]'));
  const chunk = (delta: object, finish: string | null = null) =>
    JSON.stringify({ ...frame, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }] });
  const say = (words: string) => cutIntoDeltas(words).map((content) => chunk({ content }));
  const stream = (events: readonly string[], finish = 'stop'): Reply => ({
    type: 'stream',
    events: [chunk({ role: 'assistant', content: '' }), ...events, chunk({}, finish), ...usage, '[DONE]'],
  });
  const half = text.slice(0, Math.ceil(text.length / 2));
  switch (order.kind) {
    case 'marks':
      return stream(say(text.replace(/\[(\d+)\]/g, (_, number: string) => order.form.replaceAll('$n', number))));
    case 'says':
      return stream(say(order.text));
    case 'empty':
      return stream([]);
    case 'reasons-only':
      return stream(['First I look', ' at the passages.'].map((words) => chunk({ reasoning_content: words, reasoning: words })));
    case 'refuses':
      return stream(cutIntoDeltas(order.text).map((refusal) => chunk({ refusal })));
    case 'filtered':
      return stream(say(half), 'content_filter');
    case 'loops':
      return stream([...say(`${text}\n\n`), ...Array.from({ length: mostLoops }, () => chunk({ content: order.text }))]);
    case 'floods':
      return stream(flood(order.characters).map((content) => chunk({ content })));
    case 'cut-off':
      return stream(say(half), 'length');
    case 'broken-letters': {
      const [before = '', after = ''] = Buffer.from(`${chunk({ content: `${half}§` })}`)
        .toString('latin1')
        .split('Â§');
      const broken = Buffer.from(`data: ${before}\xff\xfe\xc3${after}\n\n`, 'latin1');
      const rest = ['\ud83d lamp.', ` ${text.slice(half.length)}`].map((content) => chunk({ content }));
      return { type: 'raw', bytes: Buffer.concat([broken, Buffer.from(asEvents([...rest, chunk({}, 'stop'), ...usage, '[DONE]']))]) };
    }
    case 'endless-line':
      return {
        type: 'raw',
        bytes: Buffer.concat([Buffer.from(`${asEvents(say(half))}data: {"x":"`), Buffer.alloc(bytesOfEndlessLine, 'x')]),
      };
    case 'events':
      return { type: 'stream', events: order.events };
    case 'not-streamed': {
      const message = { role: 'assistant', content: text, refusal: null };
      return {
        type: 'json',
        status: 200,
        body: { ...frame, object: 'chat.completion', choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }] },
      };
    }
  }
}

function contentOf(event: string): string {
  if (!event.startsWith('{')) return '';
  const { choices } = JSON.parse(event) as { choices?: { delta?: { content?: string } }[] };
  return choices?.[0]?.delta?.content ?? '';
}

function asEvents(events: readonly string[]): string {
  return events.map((event) => `data: ${event}\n\n`).join('');
}

function flood(characters: number): string[] {
  const sentences: string[] = [];
  for (let [written, place] = [0, 1]; written < characters; place += 1) {
    const gap = place % 12 === 0 ? '\n\n' : '';
    const sentence = `Lamp ${place} of ${(place * 7919) % 104_729} was lit by keeper ${((place * 48_271) % 233_280).toString(36)}. ${gap}`;
    sentences.push(sentence);
    written += sentence.length;
  }
  return sentences.join('').match(/.{1,101}/gs) ?? [];
}
