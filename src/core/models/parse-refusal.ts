import type { Refusal, RequestPart } from './refusals';

/** What a server said when it refused a request. */
export interface RefusalWords {
  readonly status: number;
  readonly message: string;
  readonly param?: string | undefined;
  readonly code?: string | undefined;
}

/** Statuses by which servers refuse parts of a request: OpenAI and most 400, those built on FastAPI 422, templates that fail 500. */
const statuses: ReadonlySet<number> = new Set([400, 404, 422, 500, 501]);

const notAChat =
  /not a chat model|use v1\/completions|only supported in v1\/completions|does not support chat(?! with)|(no|without a|provide a|requires a|have a) chat template/i;
const noSystem =
  /system (role|message|prompt|instruction)s?( is| are)? not (supported|allowed|enabled)|role ['"`]?system['"`]?.{0,20} not (supported|allowed)|messages\[\d+\]\.role.{0,30}system|does not support (the )?['"`]?system|roles must alternate|not supported yet: system/i;
const tooLong = /maximum context|context (length|window|size)|too many tokens/i;
const refuses =
  /unsupported|not support|unrecogni[sz]ed|unknown|unexpected|not permitted|not allowed|not accepted|not available|not implemented|invalid|extra_forbidden|deprecated|cannot|only|must|too (large|high|low|small|big)|disabled|incompatible/i;
const onlyOneValue = /only the default|only \S+ is (supported|allowed)|only (supports|accepts) the default/i;
const aboutValue =
  /too (large|high|low|small|big)|must be|between|(less|greater|lower|higher) than|at (most|least)|supported values|invalid value|invalid reasoning value|(?<=['"`] )does not support ['"`\d]/i;

/** Words other than its name in the protocol by which servers speak of a part. */
const otherWords: Partial<Record<RequestPart, RegExp>> = {
  n: /only one completion choice|(?<=['"`])n(?=['"`])|multiple (completions|choices)|\bn (must be|> ?1)/i,
  stop: /(?<=['"`])stop(?=['"`])|\bstop (sequences?|words?|parameter)/i,
  seed: /(?<=['"`])seed(?=['"`])|\bseed(?= (is|parameter|must)|:)/i,
  reasoning_effort: /reasoning_effort|reasoningEffort|(not support|invalid) (thinking|reasoning)/i,
};

/**
 * What part of a request a server says that it does not take.
 * @param sent the parts that the request had, with their values: no others can be meant, whatever the server says
 */
export function parseRefusal(words: RefusalWords, sent: ReadonlyMap<RequestPart, unknown>): Refusal | undefined {
  const { status, message, param, code } = words;
  if (!statuses.has(status)) return undefined;
  if (sent.has('chat') && notAChat.test(message)) return { part: 'chat' };
  if (sent.has('system') && (noSystem.test(message) || (code === 'unsupported_value' && /^messages\[\d+\]\.role$/.test(param ?? '')))) {
    return { part: 'system' };
  }
  if (status === 404 || status === 500) return undefined;
  const part = partOf(param, sent) ?? (refuses.test(message) ? partNamed(message, sent) : undefined);
  if (!part) return undefined;
  const isLength = part === 'max_tokens' || part === 'max_completion_tokens';
  if (code === 'context_length_exceeded' || (tooLong.test(message) && !isLength)) return undefined;
  const value = sent.get(part);
  const isValue = code !== 'unsupported_parameter' && !onlyOneValue.test(message) && aboutValue.test(message);
  return isValue && (typeof value === 'number' || typeof value === 'string') ? { part, value } : { part };
}

function partOf(param: string | undefined, sent: ReadonlyMap<RequestPart, unknown>): RequestPart | undefined {
  const name = param?.split(/[.[]/).filter((step) => step !== 'body')[0];
  return [...sent.keys()].find((part) => part === name);
}

/** The part that is named first: “use … instead” names another after it. */
function partNamed(message: string, sent: ReadonlyMap<RequestPart, unknown>): RequestPart | undefined {
  const named = [...sent.keys()].flatMap((part) => {
    const at = message.search(otherWords[part] ?? wordsFor(part));
    return at < 0 ? [] : [{ part, at }];
  });
  return named.sort((a, b) => a.at - b.at)[0]?.part;
}

/** `top_p` is also called `topP` and “top p”. */
function wordsFor(part: RequestPart): RegExp {
  const words = part.split('_');
  const camelCase = words.map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`)).join('');
  return new RegExp(`(?<!\\w)(${words.join('[_ ]')}|${camelCase})(?!\\w)`, 'i');
}
