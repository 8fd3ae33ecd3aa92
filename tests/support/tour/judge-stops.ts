import { openView, sendFrom } from '../panel';
import type { Stop, Tour } from './stop';

const judge = ({ panel }: Tour) => panel.getByRole('region', { name: 'Judge a model' });

const questions = [
  'When was the great lens at Skerrow Head lit for the last time?',
  'How many separate prisms does the lens from Skerrow Head hold?',
  'At what height did the great lens at Skerrow Head stand above the sea?',
];

const sarcasm = 'The lens went dark on **3 March 1974**. A Sunday, naturally: why ruin a working day?';

/** Two models judged blind: what is to be compared, a question to vote on, and what came of it. */
export const judgeStops: readonly Stop[] = [
  {
    name: 'judge-form',
    isMain: true,
    isTall: true,
    async go(tour) {
      const examples = questions.map((question) => ({
        conversation: [
          { role: 'system', content: 'You are Marv, factual and sarcastic.' },
          { role: 'user', content: question },
        ],
        answer: { role: 'assistant', content: 'On 3 March 1974, as everybody knows who can read a plaque.' },
        split: 'validation' as const,
      }));
      await sendFrom(tour.panel)('examples/add', { examples, startedAt: Date.now(), first: 0 });
      await openView(tour.panel, 'Tune');
      await judge(tour).getByRole('button', { name: 'Compare two models' }).click();
      const side = (number: number) => judge(tour).getByRole('group', { name: `Model ${number}` });
      await side(1).getByLabel('Name', { exact: true }).fill('test-scripted');
      await side(2).getByLabel('Name', { exact: true }).fill('test-chat');
      await side(2).getByLabel('Answers from the library').check();
      await judge(tour).getByRole('button', { name: 'Find passages and estimate the cost' }).click();
      await judge(tour).getByText('Together: ').waitFor();
      return undefined;
    },
  },
  {
    name: 'judge-vote',
    isMain: true,
    isTall: true,
    async go(tour) {
      tour.stage.models.script(questions.map(() => sarcasm));
      await judge(tour).getByRole('button', { name: 'Ask both' }).click();
      await judge(tour).getByRole('heading', { name: 'Question 1 of 3' }).waitFor();
      await judge(tour).getByText('The answer in the example').click();
      // All are asked before anything else may answer with what is scripted here.
      await judge(tour).getByRole('progressbar').waitFor({ state: 'detached' });
      return undefined;
    },
  },
  {
    name: 'judge-tally',
    isMain: true,
    isTall: true,
    async go(tour) {
      for (const number of [1, 2, 3]) {
        await judge(tour)
          .getByRole('heading', { name: `Question ${number} of 3` })
          .waitFor();
        await judge(tour).getByRole('button', { name: 'A is better' }).click();
      }
      await judge(tour).getByText('3 of 3 voted on').waitFor();
      await judge(tour).getByRole('button', { name: 'Reveal' }).click();
      await judge(tour)
        .getByText(/decided votes: /)
        .waitFor();
      return undefined;
    },
    leave: (tour) => judge(tour).getByRole('button', { name: 'Close' }).click(),
  },
];
