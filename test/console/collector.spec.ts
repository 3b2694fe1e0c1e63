import { chromium, type Browser, type Page } from 'playwright-core';
import { browserLaunch } from '#testkit';
import { en } from '../../apps/console/src/i18n/en/index.ts';
import { zh } from '../../apps/console/src/i18n/zh/index.ts';
import { expectAccessible, expectFits, fillSignIn, picture, visit } from '../pages.ts';
import { caseCsv, freshCase, NOON } from '../rows.ts';
import { eventually } from '../start/running.ts';
import { Whole } from '../whole.ts';

// A collector at work, and whoever says how collectors work, in a browser, on the whole installation.

type Words = typeof zh | typeof en;

const first = freshCase({ timeZone: NOON, balance: '9000.00' });
const second = freshCase({ timeZone: NOON, balance: '100.00' });
const PAGES = [
  'worklist',
  'plans',
  'plans/settings',
  'visits',
  'care',
  'tasks',
  'collecting/scripts',
  'collecting/scripts/new',
  'collecting/strategies',
  'collecting/strategies/new?from=balanced',
  'collecting/terms',
  'portfolio/debtors',
  `cases/${second.caseId ?? ''}`,
];
// Every page is looked at whole, which takes a while on a machine that does other things too.
const LONG_MS = 240_000;
const DAY_MS = 86_400_000;

let whole: Whole;
let browser: Browser;

beforeAll(async () => {
  [whole, browser] = await Promise.all([Whole.open(), chromium.launch(browserLaunch())]);
  await whole.import('cases', caseCsv([first, second]));
}, LONG_MS);
afterAll(async () => {
  await browser.close();
  await whole.close();
});

const groups = Object.keys(zh).join('|');

async function expectGood(page: Page, name: string): Promise<void> {
  await expectFits(page);
  await expectAccessible(page);
  const text = await page.locator('body').innerText();
  expect(text.match(new RegExp(`\\b(${groups})\\.[a-z][\\w.]*`, 'g')) ?? []).toEqual([]);
  expect(await page.locator('h1').count()).toBe(1);
  await picture(page, name);
}

async function signIn(page: Page, login: string, words: Words): Promise<void> {
  await fillSignIn(page, login);
  await page.locator('#main h1').waitFor();
  if (words === en) await page.getByRole('button', { name: zh.shell.switchLanguage }).click();
  await page.getByRole('navigation', { name: words.shell.navigation }).waitFor();
}

it.each([
  ['zh', 1440, zh],
  ['en', 390, en],
] as const)(
  'the pages of collecting open, fit and can be read by all: %s, %d wide',
  async (language, width, words) => {
    await visit(browser, `${whole.origin}/worklist`, { width }, async (page) => {
      await signIn(page, 'collections-manager', words);
      for (const path of PAGES) {
        await page.goto(`${whole.origin}/${path}`);
        await page.locator('#main h1').waitFor();
        await page.locator('.fb-page-loading, .ant-skeleton-active').first().waitFor({ state: 'detached' });
        await expectGood(page, `collector-${path.replaceAll(/\W/g, '-')}-${language}`);
      }
    });
  },
  LONG_MS,
);

async function report(page: Page): Promise<void> {
  const words = zh.outcome;
  await page.getByRole('combobox', { name: zh.contact.outcome.result }).click();
  await page.locator('.ant-select-item-option', { hasText: zh.contact.outcome.results.conversation }).click();
  await page.getByLabel(words.promiseAmount).fill('50');
  const due = page.getByLabel(words.promiseDue);
  await due.fill(new Date(Date.now() + 3 * DAY_MS).toISOString().slice(0, 10));
  await due.press('Enter');
  await page.getByRole('button', { name: zh.contact.outcome.save }).click();
  await page.getByText(zh.contact.attempt.recorded).waitFor();
}

/** Takes the next case, and says which it is. */
async function takeNext(page: Page): Promise<string> {
  await page.getByRole('button', { name: zh.worklist.take }).click();
  const taken = page.locator('.fb-next-head a');
  await taken.waitFor();
  return await taken.innerText();
}

it(
  'a collector takes the next case, sees why, calls, notes a promise, and goes on to the next',
  async () => {
    await visit(browser, `${whole.origin}/worklist`, { width: 1440 }, async (page) => {
      await signIn(page, 'agent', zh);
      const rows = page.getByRole('main').getByRole('link', { name: /^F\d+$/ });
      await eventually('both cases are in the list', async () => {
        if ((await rows.count()) >= 2) return true;
        await page.reload();
        await page.getByRole('button', { name: zh.worklist.take }).waitFor();
        return false;
      });
      const caseId = await takeNext(page);
      expect(caseId).toBe(first.caseId);
      await page.locator('.fb-next-case').getByText(zh.worklist.key.amount).waitFor();
      await page.getByRole('button', { name: zh.worklist.open }).click();
      await page.getByText(zh.contact.verdict.permitted, { exact: true }).first().waitFor();
      await page.getByRole('button', { name: zh.contact.ask.open }).first().click();
      await page.getByRole('button', { name: zh.contact.ask.submit }).click();
      await page.waitForURL('**/attempts/*');
      await report(page);
      await page.getByRole('link', { name: zh.contact.attempt.onWithList }).click();
      // What was agreed is kept: the next is another.
      expect(await takeNext(page)).toBe(second.caseId);
      await expectGood(page, 'collector-next');
      await page.goto(`${whole.origin}/cases/${caseId}`);
      await page.getByText(zh.collecting.promiseState.open).first().waitFor();
    });
  },
  LONG_MS,
);
