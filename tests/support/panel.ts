import type { Page } from 'playwright-core';
import type { AnswerMessage, ConversationId } from '../../src/core/conversation/conversation';
import type { PageId, Page as SavedPage } from '../../src/core/pages/page';
import { createSend, type Send } from '../../src/protocol/send';
import type { WorkerRequests } from '../../src/protocol/worker-requests';

/** What a person does in the side panel, by the names and roles a person (or a screen reader) finds things by. */

/** Presses “Save this page” and waits until the page is searchable. */
export async function savePage(panel: Page): Promise<void> {
  const card = panel.getByRole('region', { name: 'This page' });
  await card.getByRole('button', { name: 'Save this page' }).click();
  await card.getByText(/^Saved /).waitFor();
}

/** Asks in the open conversation, waits until the answer has ended, well or not, and gives it as it is stored. */
export async function askQuestion(panel: Page, question: string): Promise<AnswerMessage> {
  const exchanges = panel.getByRole('article');
  const earlier = await exchanges.count();
  await panel.getByRole('textbox', { name: 'Ask your pages' }).fill(question);
  await panel.keyboard.press('Enter');
  await exchanges.nth(earlier).locator('[aria-busy="false"]').waitFor();
  return lastAnswer(panel);
}

/** Leaves the open conversation, if one is open or about to be (a panel that was just opened has yet to read it): the next question begins another. */
export async function startConversation(panel: Page): Promise<void> {
  const leave = panel.getByRole('button', { name: 'New conversation' });
  const openId = await panel.evaluate(() => localStorage.getItem('open-conversation'));
  const conversations = openId ? await sendFrom(panel)('conversations/list', null) : [];
  if (conversations.some(({ id }) => id === openId)) await leave.click();
  await leave.waitFor({ state: 'detached' });
}

/** The newest answer of the conversation that was last written to. */
export async function lastAnswer(panel: Page): Promise<AnswerMessage> {
  const send = sendFrom(panel);
  const [conversation] = await send('conversations/list', null);
  const messages = conversation ? await send('conversation/read', { conversationId: conversation.id }) : [];
  const answer = messages.findLast((message) => message.role === 'answer');
  if (!answer) throw new Error('There is no answer.');
  return answer;
}

export interface ModelChoice {
  readonly url: string;
  readonly apiKey?: string | null;
  readonly chatModel?: string;
  readonly embeddingModel?: string;
}

/** Fills in the form in Settings, tests the connection, saves, and goes back to asking. The origin must have been accepted before. */
export async function chooseModels(panel: Page, { url, apiKey, chatModel, embeddingModel }: ModelChoice): Promise<void> {
  await openView(panel, 'Settings');
  const form = panel.getByRole('form', { name: 'Models' });
  await form.getByLabel('Base address').fill(url);
  if (apiKey) await form.getByLabel('Key', { exact: true }).fill(apiKey);
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText(/^Connected\./).waitFor();
  if (chatModel !== undefined) await form.getByLabel('Model that writes answers').fill(chatModel);
  if (embeddingModel !== undefined) await form.getByLabel('Model that finds passages by meaning').fill(embeddingModel);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Settings are saved.').waitFor();
  await openView(panel, 'Ask');
}

export async function openView(panel: Page, view: 'Ask' | 'Library' | 'Tune' | 'Settings'): Promise<void> {
  await panel.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view }).click();
}

/** Shows what can be done with a page of the Library's list. @param title or how it begins */
export async function openActions(panel: Page, title: string): Promise<void> {
  await panel.getByRole('button', { name: `More about “${title}`, expanded: false }).click();
}

/** Deletes pages without the time in which that can be taken back. */
export async function deleteForGood(send: Send<WorkerRequests>, pageIds: readonly PageId[]): Promise<void> {
  const { deleteAt } = await send('pages/delete', { pageIds });
  await send('pages/delete-now', { deleteAt });
}

/** The same of a conversation; resolves when it is gone. */
export async function deleteConversationForGood(send: Send<WorkerRequests>, conversationId: ConversationId): Promise<void> {
  await send('conversation/delete', { conversationId });
  await send('conversation/delete-now', { conversationId });
  const isThere = () =>
    send('conversation/read', { conversationId }).then(
      () => true,
      () => false,
    );
  while (await isThere());
}

/** The saved pages, the newest first. */
export async function savedPages(page: Page): Promise<SavedPage[]> {
  const { pages } = await sendFrom(page)('library/list', { filter: {}, sort: 'newest', from: 0, count: 500 });
  return pages.map((listed) => listed.page);
}

/** Has the worker ask the services at once how all jobs of training are, as it does by itself once a minute. */
export async function lookAtTrainings(page: Page): Promise<void> {
  const send = sendFrom(page);
  for (const { id } of await send('tuning-jobs/list', null)) await send('tuning-jobs/refresh', { id });
}

/** Speaks to the worker as the panel (or another page of the extension) does. */
export function sendFrom(page: Page): Send<WorkerRequests> {
  return createSend<WorkerRequests>((envelope) =>
    page.evaluate((message) => (globalThis as unknown as ExtensionGlobal).chrome.runtime.sendMessage(message), envelope),
  );
}

interface ExtensionGlobal {
  readonly chrome: { readonly runtime: { sendMessage(message: unknown): Promise<unknown> } };
}
