import { chromium, type Browser, type Page } from 'playwright-core';
import { browserLaunch } from '#testkit';
import { demoSecret } from '../apps/identity/src/demo.ts';
import { expectAccessible, expectFits, picture, visit as open } from './pages.ts';
import { eventually } from './start/running.ts';
import { Whole } from './whole.ts';

// The whole installation as anybody and a machine meet it: through the public origin, with a browser.

let whole: Whole;
let origin = '';
let browser: Browser;

beforeAll(async () => {
  [whole, browser] = await Promise.all([Whole.open(), chromium.launch(browserLaunch())]);
  origin = whole.origin;
});

afterAll(async () => {
  await browser.close();
  await whole.close();
});

const visit = (path: string, width: number, work: (page: Page) => Promise<void>): Promise<void> =>
  open(browser, `${origin}${path}`, { width }, work);

const said = {
  zh: {
    lang: 'zh-CN',
    title: '先问一句',
    up: '正常',
    judge: '判断这次联系',
    refused: '现在不可联系',
    rule: '禁止时段',
    message: '债务人当地时间 22:00 至 08:00 之间不得联系',
    other: 'Between 22:00 and 08:00',
    next: '下次可联系时间',
  },
  en: {
    lang: 'en',
    title: 'is it allowed now?',
    up: 'up',
    judge: 'Judge this contact',
    refused: 'Not permitted now',
    rule: 'Quiet hours',
    message: 'Between 22:00 and 08:00',
    other: '债务人当地时间 22:00 至 08:00',
    next: 'Next permitted time',
  },
} as const;

describe.each([
  ['zh', 1440],
  ['zh', 390],
  ['en', 1440],
  ['en', 390],
] as const)('the start page in %s, %d wide', (language, width) => {
  const words = said[language];

  it('says how the services are, and anyone can read it', async () => {
    await visit(`/?lang=${language}`, width, async (page) => {
      await page.getByRole('heading', { level: 1 }).filter({ hasText: words.title }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(words.lang);
      await page.locator('#services .state.up').nth(1).waitFor();
      expect(await page.locator('#services .state.down').count()).toBe(0);
      expect(await page.locator('#services .state.up').first().innerText()).toContain(words.up);
      await expectFits(page);
      await expectAccessible(page);
      await picture(page, `start-${language}-${width}`);
    });
  });

  it('lets one try the gate: refused at night, with the reason and the next time', async () => {
    await visit(`/?lang=${language}`, width, async (page) => {
      await page.locator('#date').fill('2026-06-10');
      await page.locator('#time').fill('22:30:00');
      await page.getByRole('button', { name: words.judge }).click();
      await page.locator('#result .verdict.refused', { hasText: words.refused }).waitFor();
      const result = await page.locator('#result').innerText();
      expect(await page.locator('#result .reasons li').count()).toBeGreaterThan(0);
      expect(result).toContain(words.rule);
      expect(result).toContain(words.message);
      expect(result).toContain(words.next);
      // 08:00 of the next day.
      expect(result).toMatch(/(2026年6月11日|11 June 2026)\D*08:00/);
      await expectFits(page);
      await expectAccessible(page);
      await picture(page, `refused-${language}-${width}`);
      await page.locator('#language').click();
      await page.locator('#result .reasons', { hasText: words.other }).waitFor();
    });
  });
});

it('the start page lets a contact by day through', async () => {
  await visit('/?lang=zh', 1440, async (page) => {
    await page.locator('#date').fill('2026-06-10');
    await page.locator('#time').fill('15:00:00');
    await page.getByRole('button', { name: said.zh.judge }).click();
    await page.locator('#result .verdict.permitted').waitFor();
  });
});

it('the API reference shows its operations', async () => {
  await visit('/api/collections/docs', 1440, async (page) => {
    const wanted = ['/v1/contact-attempts', '/v1/contact-evaluations', '/v1/cases', '/v1/imports', '/v1/lookbacks'];
    const paths = page.locator('.opblock-summary-path');
    const shown = new Set<string>();
    await paths.first().waitFor();
    await picture(page, 'docs');
    // What is near the window is drawn, and what was there is taken away: one goes down the page.
    await eventually('every operation is shown on the way down', async () => {
      // Long paths are given places to break.
      for (const path of await paths.allInnerTexts()) shown.add(path.replaceAll('\u200b', ''));
      await paths.last().scrollIntoViewIfNeeded();
      return wanted.every((path) => shown.has(path));
    });
  });
});

describe('a machine', () => {
  const token = (secret: string): Promise<Response> =>
    fetch(`${origin}/identity/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`demo-manager:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });

  it('gets a token with its credentials and reads cases with it', async () => {
    const answer = await token(demoSecret('demo-manager'));
    expect(answer.status).toBe(200);
    const { access_token: bearer } = (await answer.json()) as { access_token: string };
    const cases = await fetch(`${origin}/api/collections/v1/cases`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(cases.status).toBe(200);
    expect(await cases.json()).toMatchObject({ items: [] });
  });

  it('gets none with a wrong secret, and nothing without one', async () => {
    expect((await token('wrong')).status).toBe(401);
    const cases = await fetch(`${origin}/api/collections/v1/cases`);
    expect(cases.status).toBe(401);
    expect(cases.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });
});
