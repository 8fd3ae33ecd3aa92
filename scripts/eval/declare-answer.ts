const auxiliary = /^(?:is|are|was|were|did|does|do|has|have|had|can|could|will|would|should|may|might)$/i;
const questionWords =
  /\b(?:in |on |at |by |for |from |to |of |with |during |since |under |through )?(?:what|which|whose)\s+(?:kind|type|sort|year|century|decade|date|day|month|city|country|state|place|language|name|percentage|percent|river|number|part|group|person|area|term|company|event|era|organization|church|war|amount|region|island|king|type of \w+|kind of \w+)s?\b|\bhow (?:many|much|long|old|far|large|big|often|tall|high)\b|\b(?:what|who|whom|which|where|when|why|how)\b/i;

/** A question and its answer put as one sentence, roughly as a person would: «When did the station open?», «1931» → «The station did open in 1931.» */
export function declareAnswer(question: string, answer: string): string | undefined {
  const bare = question
    .trim()
    .replace(/\s*\?+\s*$/, '')
    .replace(/\s+/g, ' ');
  const found = questionWords.exec(bare);
  if (!found) return undefined;
  const word = found[0].toLowerCase();
  const before = bare.slice(0, found.index);
  const after = bare.slice(found.index + found[0].length).trim();
  if (/^(?:why|how)$/.test(word)) return undefined;
  const [first = '', ...rest] = after.split(' ');
  let sentence: string;
  if (found.index > 0) sentence = `${before}${answer} ${after}`;
  else if (/^(?:when|where)$/.test(word) || /^(?:in|on|at|by|from|during|since|to|for|with|under|through) /.test(word)) {
    const preposition =
      word === 'when' || word === 'where'
        ? /^(?:in|on|at|near|from|around|by|the early|before|after)\b/i.test(answer)
          ? ''
          : 'in '
        : `${word.split(' ')[0]} `;
    if (auxiliary.test(first))
      sentence = /^(?:did|does|do)$/i.test(first)
        ? `${rest.join(' ')} ${preposition}${answer}`
        : moveAuxiliary(first, rest, `${preposition}${answer}`);
    else sentence = `${preposition}${answer} ${after}`;
  } else if (/^(?:did|does|do)$/i.test(first)) sentence = `${rest.join(' ')} ${answer}`;
  else sentence = `${answer} ${after}`;
  sentence = sentence
    .replace(/\s+/g, ' ')
    .replace(/\s([,.])/g, '$1')
    .trim();
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`;
}

/** «was the great bell cast», «in 1868» → «the great bell was cast in 1868», as far as that can be told without a grammar. */
function moveAuxiliary(auxiliaryWord: string, rest: readonly string[], end: string): string {
  const verb = rest.findIndex((word, index) => index > 0 && /(?:ed|en|ound|uilt|eld|ut|orn|ade|old|ung|ost|ught|own|ead)$/.test(word));
  const at = verb > 0 ? verb : rest.length;
  return `${[...rest.slice(0, at), auxiliaryWord, ...rest.slice(at)].join(' ')} ${end}`;
}
