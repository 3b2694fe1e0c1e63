import type { Browser, BrowserContext, Page } from 'playwright-core';
import { en } from '../../apps/console/src/i18n/en/index.ts';
import { zh } from '../../apps/console/src/i18n/zh/index.ts';
import { expectAccessible, fillSignIn, picture } from '../pages.ts';
import { eventually } from '../start/running.ts';

// People of the demo at the console, each in a browser of their own, in one language.

export const languages = { zh: { locale: 'zh-CN', words: zh }, en: { locale: 'en-GB', words: en } } as const;
export type Language = keyof typeof languages;

// Two browsers and eight processes share the machine with whatever else it does.
const PATIENCE_MS = 60_000;
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

export class Visitor {
  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
    private readonly language: Language,
    private readonly broken: string[],
  ) {}

  /** Signs in by way of the start page, in its language. */
  static async signIn(browser: Browser, origin: string, login: string, language: Language): Promise<Visitor> {
    const context = await browser.newContext({ viewport: WIDE, locale: languages[language].locale, acceptDownloads: true });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const broken: string[] = [];
    page.on('pageerror', (error) => broken.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') broken.push(`${message.location().url}: ${message.text()}`);
    });
    await page.goto(origin);
    if (language === 'en') await page.locator('#language').click();
    await page.locator('#sign-in').click();
    await page.locator(`html[lang=${languages[language].locale.replace('en-GB', 'en')}] input[name=login]`).waitFor();
    await fillSignIn(page, login);
    const visitor = new Visitor(page, context, language, broken);
    await page.getByRole('main').waitFor();
    return visitor;
  }

  /** Looks at the page as a whole, wide and on a phone: readable for all, nothing cut off; a picture of each. */
  async look(name: string): Promise<void> {
    for (const [size, width] of [
      [WIDE, 'wide'],
      [NARROW, 'narrow'],
    ] as const) {
      await this.page.setViewportSize(size);
      await this.settled();
      // The frame changes with the width a moment later. Asked from outside: the page's own policy forbids what waits within it.
      await eventually(`${name} fits its window`, () =>
        this.page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
      );
      await expectAccessible(this.page);
      await picture(this.page, `${name}-${this.language}-${width}`);
    }
    await this.page.setViewportSize(WIDE);
    await this.settled();
  }

  /** Opens an address within the app, as a link does. */
  async open(path: string): Promise<void> {
    await this.page.goto(new URL(path, this.page.url()).href);
    await this.settled();
  }

  async leave(): Promise<void> {
    await this.context.close();
    expect(this.broken).toEqual([]);
  }

  private async settled(): Promise<void> {
    await this.page.getByRole('main').waitFor();
    await this.page.locator('.fb-page-loading, .ant-skeleton-active').first().waitFor({ state: 'detached' });
    // What moves has come to rest: a half-faded text has not the contrast that it will have.
    await this.page.evaluate(
      'Promise.all(document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity).map((one) => one.finished.catch(() => {}))).then(() => {})',
    );
  }
}
