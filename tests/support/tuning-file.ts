/** Lines to train from, in the form of the method: questions of so many kinds, each answered in one manner. */
export function tuningFile(examples: number, method: 'supervised' | 'dpo' = 'supervised', paddingCharacters = 0): Blob {
  const lines = Array.from({ length: examples }, (_, index) => {
    const question = { role: 'user', content: `How high is tower ${index + 1}?${' Say it.'.repeat(Math.ceil(paddingCharacters / 8))}` };
    const answer = { role: 'assistant', content: `Tower ${index + 1} is ${index + 20} metres high. As anybody knows.` };
    const rejected = { role: 'assistant', content: 'I would rather not say.' };
    return method === 'dpo'
      ? { input: { messages: [question] }, preferred_output: [answer], non_preferred_output: [rejected] }
      : { messages: [question, answer] };
  });
  return new Blob([lines.map((line) => `${JSON.stringify(line)}\n`).join('')]);
}
