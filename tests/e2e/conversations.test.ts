import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOf } from '../../src/core/problem';
import { askQuestion, openView, savePage, sendFrom, startConversation } from '../support/panel';
import { expectNoFaults } from './support/axe';
import { openStage, type Stage } from './support/stage';

// What stands ready to be asked in each conversation, and conversations that are deleted and had back. The tests go on where the one before left off.

const lamp = 'When was the great lens at Skerrow Head lit for the last time?';
const trough = 'How many kilograms of mercury did the trough hold?';
let stage: Stage;
let panel: Page;

beforeAll(async () => {
  stage = await openStage();
  panel = await stage.openPanel('/essays/fresnel-lens');
  await savePage(panel);
  await askQuestion(panel, lamp);
  await startConversation(panel);
  await askQuestion(panel, trough);
});

afterAll(() => stage?.close());

const box = () => panel.getByRole('textbox', { name: 'Ask your pages' });
const draft = () => box().inputValue();
const asked = () => panel.getByRole('button', { name: /^Asked of/ });
const bar = () => panel.locator('.conversation-opener');
const list = () => panel.getByRole('list', { name: 'Conversations' });
const undo = () => panel.getByRole('button', { name: 'Undo', exact: true });

async function openConversation(title: string): Promise<void> {
  await bar().click();
  await list().getByRole('button', { name: title }).first().click();
  await bar().getByText(title).waitFor();
}

async function deleteConversation(title: string): Promise<void> {
  await bar().click();
  await list()
    .getByRole('button', { name: `Delete “${title}”` })
    .click();
}

describe('A draft', () => {
  test('stands in its own conversation, with what is to be asked, also after the panel was closed', async () => {
    await box().fill('And who lit it');
    await startConversation(panel);
    await expect.poll(draft).toBe('');
    await box().fill('Something new');
    await openConversation(lamp);
    await expect.poll(draft).toBe('');
    await box().fill('Who saw it');
    await asked().click();
    await panel.getByRole('button', { name: /^This page/ }).click();
    await openConversation(trough);
    await expect.poll(draft).toBe('And who lit it');
    await asked().getByText('Whole library').waitFor();
    await panel.reload();
    await bar().getByText(trough).waitFor();
    expect(await draft()).toBe('And who lit it');
    await openConversation(lamp);
    await expect.poll(draft).toBe('Who saw it');
    await asked().getByText('This page').waitFor();
    await startConversation(panel);
    await expect.poll(draft).toBe('Something new');
  });

  test('is gone when it is asked, and no other with it', async () => {
    await openConversation(trough);
    await expect.poll(draft).toBe('And who lit it');
    await askQuestion(panel, 'How heavy was the lens?');
    expect(await draft()).toBe('');
    await startConversation(panel);
    await expect.poll(draft).toBe('Something new');
  });
});

describe('A conversation', () => {
  test('that is deleted is back after Undo, with its draft, though panel and worker were gone meanwhile', async () => {
    await openConversation(trough);
    await deleteConversation(lamp);
    await panel.getByText(`Deleted: ${lamp}`).waitFor();
    expect(await panel.getByRole('searchbox').evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await list().getByRole('button', { name: lamp }).count()).toBe(0);
    await stage.extension.killWorker();
    await panel.reload();
    await panel.getByText(`Deleted: ${lamp}`).waitFor();
    await undo().click();
    await panel.getByText(`Deleted: ${lamp}`).waitFor({ state: 'detached' });
    await openConversation(lamp);
    await panel.getByRole('article').first().getByText(lamp).waitFor();
    await expect.poll(draft).toBe('Who saw it');
  });

  test('comes back into view when it was open', async () => {
    await deleteConversation(lamp);
    await panel.getByRole('button', { name: 'New conversation' }).waitFor({ state: 'detached' });
    await undo().click();
    await bar().getByText(lamp).waitFor();
    await expect.poll(() => box().evaluate((one) => one === document.activeElement)).toBe(true);
  });

  test('that is deleted for good takes its messages and its draft with it', async () => {
    const drafts = () => panel.evaluate(() => Object.values(localStorage).filter((kept) => kept.includes('Who saw it')).length);
    expect(await drafts()).toBe(1);
    const [gone] = (await sendFrom(panel)('conversations/list', null)).filter(({ title }) => title === lamp);
    await deleteConversation(lamp);
    await panel.getByRole('button', { name: 'Delete now' }).click();
    await panel.getByText(`Deleted: ${lamp}`).waitFor({ state: 'detached' });
    await expect.poll(drafts).toBe(0);
    if (!gone) throw new Error('It was not listed.');
    await expect
      .poll(() =>
        sendFrom(panel)('conversation/read', { conversationId: gone.id }).then(
          () => 'there',
          (error) => problemOf(error).code,
        ),
      )
      .toBe('not-found');
    await openView(panel, 'Ask');
    await openConversation(trough);
  });

  test('that is the last one to be deleted leaves the keyboard where a question is written', async () => {
    await startConversation(panel);
    await deleteConversation(trough);
    await bar().waitFor({ state: 'detached' });
    await expect.poll(() => box().evaluate((one) => one === document.activeElement)).toBe(true);
    await expectNoFaults(panel);
  });
});
