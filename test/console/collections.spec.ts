import { chromium, type Browser, type Page } from 'playwright-core';
import { browserLaunch } from '#testkit';
import { en } from '../../apps/console/src/i18n/en/index.ts';
import { zh } from '../../apps/console/src/i18n/zh/index.ts';
import { expectAccessible, expectFits, fillSignIn, picture, visit } from '../pages.ts';
import { NOON } from '../rows.ts';
import { eventually } from '../start/running.ts';
import { Whole } from '../whole.ts';

// People at the collections pages, in a browser, on the whole installation.

type Words = typeof zh | typeof en;

let whole: Whole;
let browser: Browser;

beforeAll(async () => {
  [whole, browser] = await Promise.all([Whole.open(), chromium.launch(browserLaunch())]);
});
afterAll(async () => {
  await browser.close();
  await whole.close();
});

const file = (name: string, lines: readonly string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) });

const casesFile = (id: string) =>
  file(`cases-${id}.csv`, [
    'caseId,debtorId,debtorName,debtId,balance,currency,overdueSince,timeZone,partyId,partyRole,partyName,contactPoint,contactChannel,contactSource',
    `${id},D-${id},张三,L-${id},1200.50,CNY,2026-01-05,${NOON},P-${id},debtor,张三,演示市一号,letter,contract`,
    `${id},D-${id},张三,L-${id},1200.50,CNY,2026-01-05,${NOON},P-${id},debtor,张三,+8613800000001,voice,contract`,
    `${id}-x,D-${id},张三,L-${id}-x,no amount,CNY,2026-01-05,${NOON},P-${id},debtor,张三,+8613800000001,voice,contract`,
  ]);

const logFile = (id: string) =>
  file(`log-${id}.csv`, [
    'attemptId,debtorId,partyRole,contactPoint,channel,mode,purpose,initiator,startedAt,result',
    ...['09:00', '22:30', '23:10'].map(
      (time, n) => `A${n},D-${id},debtor,+8613800000001,voice,interactive,collect,us,2026-11-0${n + 1}T${time}:00+08:00,conversation`,
    ),
  ]);

const groups = Object.keys(zh).join('|');

/** What every page has to be, whatever it shows. */
async function expectGood(page: Page, name: string): Promise<void> {
  await expectFits(page);
  await expectAccessible(page);
  const text = await page.locator('body').innerText();
  expect(text.match(new RegExp(`\\b(${groups})\\.[a-z][\\w.]*`, 'g')) ?? []).toEqual([]);
  // Where one page goes and another comes there is none for a moment.
  await eventually(`${name} has one heading`, async () => (await page.locator('h1').count()) === 1);
  await picture(page, name);
}

async function signIn(page: Page, login: string, words: Words): Promise<void> {
  await fillSignIn(page, login);
  await page.locator('#main h1').waitFor();
  if (words === en) await page.getByRole('button', { name: zh.shell.switchLanguage }).click();
  await page.getByRole('navigation', { name: words.shell.navigation }).waitFor();
}

async function importCases(page: Page, words: Words, id: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(casesFile(id));
  await page.getByRole('button', { name: words.imports.upload.start }).click();
  await page.getByRole('heading', { level: 1, name: `cases-${id}.csv` }).waitFor();
  await page.getByText(words.imports.state.done).waitFor();
  // What is wrong with the fourth row is said in the reader's language.
  await page.getByText(words === zh ? zh.rowError.amount : 'balance must be an amount').waitFor();
}

async function openCase(page: Page, words: Words, id: string): Promise<void> {
  await page.getByRole('link', { name: words.shell.nav.cases, exact: true }).click();
  await page.getByLabel(words.cases.filter.caseId).fill(id);
  await page.getByRole('button', { name: words.common.search }).click();
  await page.waitForURL(`**/cases?caseId=${id}`);
  await page.getByRole('link', { name: id, exact: true }).click();
  await page.getByText(words.contact.verdict.permitted, { exact: true }).first().waitFor();
}

/** Asks for what is chosen at a contact point: the letter box is the first, the telephone the second. */
async function ask(page: Page, words: Words, point: 0 | 1 = 0): Promise<void> {
  await page.getByRole('button', { name: words.contact.ask.open }).nth(point).click();
  await page.getByRole('button', { name: words.contact.ask.submit }).click();
  await page.waitForURL('**/attempts/*');
}

const readers = [
  ['zh', 1440, zh],
  ['en', 390, en],
] as const;
// Every page is looked at whole, which takes a while on a machine that does other things too.
const LONG_MS = 240_000;

it.each(readers)(
  'cases are imported, a contact is refused, another permitted and recorded: %s, %d wide',
  async (language, width, words) => {
    const id = `T-${language}`;
    const named = (name: string): string => `collections-${name}-${language}`;
    await visit(browser, `${whole.origin}/imports`, { width }, async (page) => {
      await signIn(page, 'collections-manager', words);
      await expectGood(page, named('imports'));
      await importCases(page, words, id);
      await expectGood(page, named('import'));
      await openCase(page, words, id);
      expect(await page.title()).toContain(id);
      await expectGood(page, named('case'));

      // Nobody visits alone.
      await page.locator('label', { hasText: words.contact.way.visit }).first().click();
      await page.getByText(words.rules['visit-team']).waitFor();
      await ask(page, words);
      await page.getByText(words.contact.attempt.refused).waitFor();
      await page.getByText(words.rules['visit-team']).waitFor();
      await expectGood(page, named('refused'));

      await page.getByRole('link', { name: words.contact.attempt.again }).click();
      await ask(page, words, 1);
      await page.getByRole('timer').first().waitFor();
      await expectGood(page, named('permitted'));
      await page.getByRole('combobox', { name: words.contact.outcome.result }).click();
      await page.locator('.ant-select-item-option', { hasText: words.contact.outcome.results['no-answer'] }).click();
      await page.getByRole('button', { name: words.contact.outcome.save }).click();
      await page.getByText(words.contact.attempt.recorded).waitFor();
      await expectGood(page, named('recorded'));
    });
  },
  LONG_MS,
);

it.each(readers)(
  'a log is looked back on: %s, %d wide',
  async (language, width, words) => {
    const named = (name: string): string => `collections-${name}-${language}`;
    await visit(browser, `${whole.origin}/lookback`, { width }, async (page) => {
      await signIn(page, 'compliance', words);
      await page.locator('input[type=file]').setInputFiles(logFile(language));
      await expectGood(page, named('lookback-start'));
      await page.getByRole('button', { name: words.lookback.upload.start }).click();
      await page.getByRole('heading', { name: words.lookback.list.title }).waitFor();
      await page.getByText('A2', { exact: true }).waitFor();
      expect(await page.getByText('A0', { exact: true }).count()).toBe(0);
      expect(await page.getByRole('img').count()).toBeGreaterThanOrEqual(3);
      await expectGood(page, named('lookback'));
    });
  },
  LONG_MS,
);

it('a page that is not for the role says whose it is', async () => {
  await visit(browser, `${whole.origin}/imports`, { width: 1440 }, async (page) => {
    await signIn(page, 'agent', zh);
    await page.getByText(zh.shell.notAllowed.title).first().waitFor();
    expect(await page.getByRole('navigation', { name: zh.shell.navigation }).getByRole('link').allInnerTexts()).not.toContain(
      zh.shell.nav.imports,
    );
    await expectGood(page, 'not-allowed');
  });
});

it('who was signed out meanwhile is told, and comes back to where they were', async () => {
  await visit(browser, `${whole.origin}/cases`, { width: 1440, mayFail: /^\/api\// }, async (page) => {
    await signIn(page, 'collections-manager', zh);
    await page.context().clearCookies({ name: /session|forbear/i });
    await page.getByLabel(zh.cases.filter.debtorId).fill('D-none');
    await page.getByRole('button', { name: zh.common.search }).click();
    await page.getByRole('button', { name: zh.shell.ended.signIn }).click();
    await page.waitForURL(/cases\?debtorId=D-none|identity/);
  });
});

it('the keyboard alone reaches the content and the pages', async () => {
  await visit(browser, `${whole.origin}/lookback`, { width: 1440 }, async (page) => {
    await signIn(page, 'compliance', zh);
    await page.reload();
    await page.locator('#main h1').waitFor();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe(zh.shell.skip);
    await page.keyboard.press('Enter');
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('type')).toBe('file');
    await page.getByRole('link', { name: zh.shell.nav.cases }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: zh.shell.nav.cases }).waitFor();
    // Said by a screen reader: the focus goes to the new page's heading.
    expect(await page.locator(':focus').innerText()).toBe(zh.shell.nav.cases);
  });
});
