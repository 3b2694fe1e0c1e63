import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Result } from 'axe-core';
import type { Browser, Page } from 'playwright-core';

// What every page of every test in a browser must meet.

export interface Visit {
  readonly width: number;
  readonly locale?: 'zh-CN' | 'en-GB';
  /** Addresses whose failures the test itself brings about. */
  readonly mayFail?: RegExp;
}

/** Opens an address in a browser of its own. A page that is broken says so in its console, and fails the test. */
export async function visit(
  browser: Browser,
  url: string,
  { width, locale = 'zh-CN', mayFail }: Visit,
  work: (page: Page) => Promise<void>,
) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale });
  try {
    const page = await context.newPage();
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(error.message));
    page.on('console', (message) => {
      const { pathname } = new URL(message.location().url || url);
      if (message.type() === 'error' && !mayFail?.test(pathname)) broken.push(`${pathname}: ${message.text()}`);
    });
    await page.goto(url);
    await work(page);
    expect(broken).toEqual([]);
  } finally {
    await context.close();
  }
}

// Read once, put into each page once: a builder of the same maker puts it in several times, which takes twice as long as the looking.
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// Only what is wrong; nothing that wants sheets or films loaded again.
const LOOK = `axe.run(document, { resultTypes: ['violations'], preload: false }).then(({ violations }) => violations)`;

export async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate(`'axe' in globalThis`))) await page.evaluate(AXE);
  const violations = await page.evaluate<Result[]>(LOOK);
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(bad.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

export async function expectFits(page: Page): Promise<void> {
  // Run in the page.
  const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wider).toBeLessThanOrEqual(0);
}

/** With SCREENSHOTS=folder the pages can be looked at. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.evaluate('scrollTo(0, 0)');
  // What lies over the page covers what is in view, not the page's whole length.
  const isCovered = (await page.getByRole('dialog').count()) > 0;
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: !isCovered });
}

/** On the issuer's page. */
export async function fillSignIn(page: Page, login: string, password = 'forbear-demo'): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').first().click();
}
