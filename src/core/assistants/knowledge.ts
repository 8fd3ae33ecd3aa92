/** What an answer may rest on: the pages alone, or also what the model knows by itself, told apart from what they say. */
export const knowledges = ['pages', 'pages-and-model'] as const;

export type Knowledge = (typeof knowledges)[number];
