import { chromium, type Browser, type Page } from 'playwright-core';
import { browserLaunch } from '#testkit';
import { en } from '../../apps/console/src/i18n/en/index.ts';
import { zh } from '../../apps/console/src/i18n/zh/index.ts';
import { expectAccessible, expectFits, fillSignIn, picture, visit } from '../pages.ts';
import { caseCsv, freshCase } from '../rows.ts';
import { Whole } from '../whole.ts';

// The bank's side in a browser: its pages open, and a suspended agency is gone from the public list at once.

type Words = typeof zh | typeof en;

const AGENCY = { id: 'agency-x', name: '演示东岭信用服务有限公司' };
const PAGES = [
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
  '/tasks',
  '/tasks/punctuality',
  '/messages',
  '/messages/letters',
  '/messages/reminders',
  '/messages/settings',
];

let whole: Whole;
let browser: Browser;

beforeAll(async () => {
  [whole, browser] = await Promise.all([Whole.open(), chromium.launch(browserLaunch())]);
  const agency = `,${AGENCY.id},${AGENCY.name},演示许可 X-1,active,true,2020-01-01,2099-12-31,2026-06-01,+862600099001,演示市长江路9号`;
  const head = 'institutionId,agencyId,name,licence,status,published,contractFrom,contractTo,lastEvaluatedOn,phone,address';
  await whole.import('agencies', `${head}\n${agency}\n`);
  await whole.import('cases', caseCsv([freshCase({ caseId: 'X-1', agencyId: AGENCY.id }), freshCase({ caseId: 'X-2' })]));
});
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

const publishedNames = (): Promise<string> =>
  fetch(`${whole.origin}/public/agencies`, { headers: { accept: 'text/html', 'accept-language': 'zh-CN' } }).then((answer) =>
    answer.text(),
  );

const readers = [
  ['zh', 1440, zh],
  ['en', 390, en],
] as const;
const LONG_MS = 240_000;

it.each(readers)(
  'every page opens, says what it is, and can be read by all: %s, %d wide',
  async (language, width, words) => {
    await visit(browser, `${whole.origin}/agencies`, { width }, async (page) => {
      await signIn(page, 'compliance', words);
      for (const path of PAGES) {
        await page.goto(whole.origin + path);
        await settled(page);
        expect([path, await page.locator('h1').count()]).toEqual([path, 1]);
        const text = await page.locator('body').innerText();
        expect([path, text.match(new RegExp(`\\b(${groups})\\.[a-z][\\w.]*`, 'g')) ?? []]).toEqual([path, []]);
        await expectAccessible(page);
        await picture(page, `agencies-${path.slice(1).replaceAll(/\W+/g, '-')}-${language}`);
        await page.setViewportSize({ width: 390, height: 844 });
        await expectFits(page);
        await page.setViewportSize({ width, height: 900 });
      }
    });
  },
  LONG_MS,
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
      expect(await page.getByRole('link', { name: 'X-2', exact: true }).count()).toBe(0);
      await expectAccessible(page);
    });
  },
  LONG_MS,
);

it(
  'weights that add up to something else are refused at their place, and taken when they are right',
  async () => {
    await visit(browser, `${whole.origin}/oversight/weights`, { width: 1440, mayFail: /evaluation-weights/ }, async (page) => {
      await signIn(page, 'compliance', zh);
      await page.getByRole('button', { name: zh.oversight.weights.change }).click();
      const part = page.getByRole('group', { name: new RegExp(zh.oversight.component.recoveries) });
      await part.getByLabel(zh.oversight.weights.full).fill('0');
      await page.getByLabel(zh.oversight.weights.note).fill('试算');
      const save = page.getByRole('button', { name: zh.oversight.weights.save.replace('{{version}}', '2') });
      await save.click();
      await part.getByText('more is better here').waitFor();
      await expectAccessible(page);
      await part.getByLabel(zh.oversight.weights.full).fill('25');
      await save.click();
      await page.getByRole('heading', { name: zh.oversight.weights.version.replace('{{version}}', '2') }).waitFor();
    });
  },
  LONG_MS,
);
