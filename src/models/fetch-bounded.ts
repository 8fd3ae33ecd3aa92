import { ProblemError } from '../core/problem';
import { fetchReadably } from './fetch-readably';

/** An answer of 100,000 characters in events of one token has some 10 MB; vectors for a batch of passages, written as figures, some 30. */
const mostBytes = 64 * 2 ** 20;
/** No event of an answer is nearly as long; the package that reads them would need seconds for a line of some megabytes. */
const mostLineBytes = 2 * 2 ** 20;
const lineFeed = 10;

/** A `fetchReadably` whose bodies end in ProblemError `model-answer-too-long` where no honest answer is that long. */
export async function fetchBounded(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetchReadably(input, init);
  if (!response.body) return response;
  const { status, statusText, headers } = response;
  const isStream = headers.get('content-type')?.includes('event-stream') ?? false;
  return new Response(bounded(response.body, mostBytes, isStream ? mostLineBytes : mostBytes), { status, statusText, headers });
}

/** The same bytes, until there are too many of them, or too many without the end of a line. They are passed on one piece at a time, so that none is lost when it breaks off. */
export function bounded(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  mostAllBytes: number,
  mostBytesOfLine: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let all = 0;
  let line = 0;
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        all += value.length;
        const end = value.lastIndexOf(lineFeed);
        line = end < 0 ? line + value.length : value.length - end - 1;
        if (all <= mostAllBytes && line <= mostBytesOfLine) return controller.enqueue(value);
        controller.error(new ProblemError({ code: 'model-answer-too-long' }));
        void reader.cancel().catch(() => {});
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
