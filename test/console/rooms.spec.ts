import { chromium, type Browser, type Page } from 'playwright-core';
import { browserLaunch } from '#testkit';
import { en } from '../../apps/console/src/i18n/en/index.ts';
import { zh } from '../../apps/console/src/i18n/zh/index.ts';
import { expectAccessible, expectFits, fillSignIn, picture, visit } from '../pages.ts';
import { caseCsv, freshCase, NOON } from '../rows.ts';
import { eventually } from '../start/running.ts';
import { Whole } from '../whole.ts';

// The rooms of agencies, portfolio, quality, messages and collecting in a browser: every page opens and can be read by all, and two ways through them.

type Words = typeof zh | typeof en;

const AGENCY = { id: 'agency-x', name: '演示东岭信用服务有限公司' };
const first = freshCase({ timeZone: NOON, balance: '9000.00' });
const second = freshCase({ timeZone: NOON, balance: '100.00' });

const OF_THE_BANK = [
  '/agencies',
  '/agencies/new',
  ...['overview', 'contracts', 'staff', 'devices', 'documents', 'training', 'findings', 'oversight', 'history'].map(
    (tab) => `/agencies/${AGENCY.id}?tab=${tab}`,
  ),
  '/oversight',
  '/oversight/checklists',
  '/oversight/weights',
  '/portfolio/allocations',
  '/portfolio/waiting',
  '/portfolio/share',
  '/portfolio/objections',
  '/portfolio/settings',
  '/quality',
  '/quality/reviews',
  '/quality/plans',
  '/quality/sheet',
  '/quality/calibration',
  '/tasks/punctuality',
  '/messages',
  '/messages/letters',
  '/messages/reminders',
  '/messages/settings',
  '/reports/schedules',
  '/reports/delivery',
  '/regulator',
  '/evidence',
  '/retention',
];
const OF_COLLECTING = [
  '/worklist',
  '/plans',
  '/plans/settings',
  '/visits',
  '/care',
  '/tasks',
  '/collecting/scripts',
  '/collecting/scripts/new',
  '/collecting/strategies',
  '/collecting/strategies/new?from=balanced',
  '/collecting/terms',
  '/portfolio/debtors',
  `/cases/${second.caseId ?? ''}`,
];
// Many pages are looked at, each whole.
const LONG_MS = 400_000;
const DAY_MS = 86_400_000;

let whole: Whole;
let browser: Browser;

beforeAll(async () => {
  [whole, browser] = await Promise.all([Whole.open(), chromium.launch(browserLaunch())]);
  const agency = `,${AGENCY.id},${AGENCY.name},演示许可 X-1,active,true,2020-01-01,2099-12-31,2026-06-01,+862600099001,演示市长江路9号`;
  const head = 'institutionId,agencyId,name,licence,status,published,contractFrom,contractTo,lastEvaluatedOn,phone,address';
  await whole.import('agencies', `${head}\n${agency}\n`);
  await whole.import('cases', caseCsv([first, second, freshCase({ caseId: 'X-1', agencyId: AGENCY.id })]));
}, LONG_MS);
afterAll(async () => {
  await browser.close();
  await whole.close();
});

const groups = Object.keys(zh).join('|');

async function settled(page: Page): Promise<void> {
  await page.locator('#main h1').first().waitFor();
  await page.locator('.fb-page-loading, .ant-skeleton-active').first().waitFor({ state: 'detached' });
}

async function signIn(page: Page, login: string, words: Words): Promise<void> {
  await fillSignIn(page, login);
  await page.locator('#main h1').waitFor();
  if (words === en) await page.getByRole('button', { name: zh.shell.switchLanguage }).click();
  await page.getByRole('navigation', { name: words.shell.navigation }).waitFor();
}

async function expectGood(page: Page, name: string): Promise<void> {
  expect([name, await page.locator('h1').count()]).toEqual([name, 1]);
  const text = await page.locator('body').innerText();
  expect([name, text.match(new RegExp(`\\b(${groups})\\.[a-z][\\w.]*`, 'g')) ?? []]).toEqual([name, []]);
  await expectFits(page);
  await expectAccessible(page);
  await picture(page, `rooms-${name}`);
}

const readers = [
  ['zh', 1440, 'compliance', OF_THE_BANK, zh],
  ['en', 390, 'compliance', OF_THE_BANK, en],
  ['zh', 390, 'collections-manager', OF_COLLECTING, zh],
  ['en', 1440, 'collections-manager', OF_COLLECTING, en],
] as const;
it.each(readers)(
  'every page opens, says what it is, fits and can be read by all: %s, %d wide, %s',
  async (language, width, login, paths, words) => {
    await visit(browser, whole.origin + (paths[0] ?? ''), { width }, async (page) => {
      await signIn(page, login, words);
      for (const path of paths) {
        await page.goto(whole.origin + path);
        await settled(page);
        await expectGood(page, `${path.slice(1).replaceAll(/\W+/g, '-')}-${language}`);
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
  // Which takes the day, and sends the form as in any field.
  await due.press('Enter');
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
      await expectGood(page, 'worklist-next');
      await page.goto(`${whole.origin}/cases/${caseId}`);
      await page.getByText(zh.collecting.promiseState.open).first().waitFor();
    });
  },
  LONG_MS,
);

const publishedNames = (): Promise<string> =>
  fetch(`${whole.origin}/public/agencies`, { headers: { accept: 'text/html', 'accept-language': 'zh-CN' } }).then((answer) =>
    answer.text(),
  );

it(
  'a manager suspends an agency, told what follows: the public list has it no more, its cases are to be taken back',
  async () => {
    expect(await publishedNames()).toContain(AGENCY.name);
    await visit(browser, `${whole.origin}/agencies/${AGENCY.id}`, { width: 1440 }, async (page) => {
      await signIn(page, 'collections-manager', zh);
      await page.getByRole('button', { name: zh.agency.set.suspend }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('须收回未结案件 1 件').waitFor();
      await expectAccessible(page);
      await dialog.getByRole('button', { name: zh.agency.set.suspend }).click();
      await dialog.getByText(zh.agency.set.needReason).waitFor();
      await dialog.getByRole('textbox').fill('夜间外呼，经核实属实');
      await dialog.getByRole('button', { name: zh.agency.set.suspend }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: zh.agency.set.reactivate }).waitFor();
      expect(await publishedNames()).not.toContain(AGENCY.name);

      await page.goto(`${whole.origin}/cases?takeBack=true`);
      await page.getByRole('link', { name: 'X-1', exact: true }).waitFor();
      await page.getByText(zh.cases.standing.suspended).first().waitFor();
      expect(await page.getByRole('link', { name: first.caseId ?? '', exact: true }).count()).toBe(0);
    });
  },
  LONG_MS,
);
