const words = 'the keeper of a lamp trimmed its wick by hand and wrote into the book what hour it was when light went out over water'.split(
  ' ',
);
const wordsOfASentence = 12;
const sentencesOfAParagraph = 4;

/** An answer as models write them: paragraphs with emphasis and links, lists, tables and code, of about so many words. */
export function answerOf(wordCount: number, number: number): string {
  const blocks: string[] = [];
  let written = 0;
  for (let block = 0; written < wordCount; block++) {
    const sentence = (place: number) => {
      written += wordsOfASentence;
      const said = Array.from({ length: wordsOfASentence }, (_, at) => words[(number * 7 + block * 5 + place * 3 + at) % words.length]);
      return `${said.slice(0, 4).join(' ')} **${said[4]}** ${said.slice(5).join(' ')}.`;
    };
    const sentences = (count: number) => Array.from({ length: count }, (_, place) => sentence(place));
    if (block % 6 === 2)
      blocks.push(
        sentences(5)
          .map((each) => `- ${each}`)
          .join('\n'),
      );
    else if (block % 6 === 4)
      blocks.push(
        `| lamp | hour |\n|---|--:|\n${sentences(4)
          .map((each, row) => `| ${each} | ${row} |`)
          .join('\n')}`,
      );
    else if (block % 6 === 5)
      blocks.push(
        `\`\`\`js\n${sentences(3)
          .map((each, row) => `const lamp${row} = ${JSON.stringify(each)};`)
          .join('\n')}\n\`\`\``,
      );
    else blocks.push(sentences(sentencesOfAParagraph).join(' '));
  }
  return blocks.join('\n\n');
}
