import { chromium, type Browser, type Page } from 'playwright-core';
import { browserLaunch } from '#testkit';
import { expectAccessible, expectFits, fillSignIn, picture, visit } from './pages.ts';
import { Whole } from './whole.ts';

// People at the public origin, with the embedded issuer.

let whole: Whole;
let browser: Browser;

beforeAll(async () => {
  [whole, browser] = await Promise.all([Whole.open(), chromium.launch(browserLaunch())]);
});
afterAll(async () => {
  await browser.close();
  await whole.close();
});

/** Runs in a page of this origin whose policy lets scripts ask, as those of the console do. */
async function inPage<T>(page: Page, script: string): Promise<T> {
  if (new URL(page.url()).pathname !== '/api/collections/docs') await page.goto(`${whole.origin}/api/collections/docs`);
  return (await page.evaluate(`(async () => { ${script} })()`)) as T;
}
const who = (page: Page): Promise<Record<string, unknown>> => inPage(page, `return await (await fetch('/auth/session')).json();`);
const status = (page: Page, path: string, init = '{}'): Promise<number> => inPage(page, `return (await fetch('${path}', ${init})).status;`);

// The pages themselves have tests of their own; where they are not built the address answers 503.
const anyPage = /^\/(cases)?$/;

it.each([
  ['zh', 1440, '登录操作台', '登录'],
  ['en', 1440, 'Sign in to the console', 'Sign in'],
  ['zh', 390, '登录操作台', '登录'],
  ['en', 390, 'Sign in to the console', 'Sign in'],
] as const)('people find the way in, in %s, %d wide', async (language, width, enter, title) => {
  await visit(browser, `${whole.origin}/?lang=${language}`, { width, mayFail: anyPage }, async (page) => {
    await picture(page, `start-signed-out-${language}-${width}`);
    await page.getByRole('link', { name: enter }).click();
    await page.locator('input[name=password]').waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title);
    await expectFits(page);
    await expectAccessible(page);
    await picture(page, `sign-in-${language}-${width}`);
    await fillSignIn(page, 'compliance');
    await page.waitForURL(`${whole.origin}/`);
    expect(await who(page)).toMatchObject({
      signedIn: true,
      name: '赵明哲',
      roles: ['compliance'],
      institutionId: 'demo-bank',
      agencyId: null,
    });
  });
});

it('a person comes back to the page they wanted, works, and is out everywhere after signing out', async () => {
  await visit(browser, `${whole.origin}/cases?limit=5`, { width: 1440, mayFail: /./ }, async (page) => {
    await fillSignIn(page, 'agency-supervisor');
    await page.waitForURL(`${whole.origin}/cases?limit=5`);
    expect(await who(page)).toMatchObject({ roles: ['agency-supervisor'], agencyId: 'agency-a' });
    expect(await status(page, '/api/collections/v1/cases')).toBe(200);
    // No script of any page sees the cookie.
    expect(await page.evaluate('document.cookie')).toBe('');
    expect(await status(page, '/api/collections/v1/contact-evaluations', `{ method: 'POST', body: '{}' }`)).toBe(403);
    const own = `{ method: 'POST', body: '{}', headers: { 'x-forbear-console': '1', 'content-type': 'application/json' } }`;
    expect(await status(page, '/api/collections/v1/contact-evaluations', own)).toBe(422);

    const { to } = await inPage<{ to: string }>(
      page,
      `return await (await fetch('/auth/logout', { method: 'POST', headers: { accept: 'application/json', 'x-forbear-console': '1' } })).json();`,
    );
    await page.goto(to);
    await page.waitForURL(`${whole.origin}/`);
    expect(await who(page)).toEqual({ signedIn: false });
    expect(await status(page, '/api/collections/v1/cases')).toBe(401);
    // The issuer asks again: it has forgotten them too.
    await page.goto(`${whole.origin}/cases`);
    await page.locator('input[name=password]').waitFor();
  });
});

it('who is signed in stays so when the front is killed', async () => {
  await visit(browser, `${whole.origin}/auth/login`, { width: 1440, mayFail: /./ }, async (page) => {
    await fillSignIn(page, 'agent');
    await page.waitForURL(`${whole.origin}/`);
    expect(await who(page)).toMatchObject({ signedIn: true });
    await whole.kill9Front();
    await whole.startFront();
    expect(await who(page)).toMatchObject({ signedIn: true, name: '陈思远' });
    expect(await status(page, '/api/collections/v1/cases')).toBe(200);
  });
});

it('somebody else’s sign-in asks before it signs a person out', async () => {
  await visit(browser, `${whole.origin}/auth/login`, { width: 1440, mayFail: /./ }, async (page) => {
    await fillSignIn(page, 'agent');
    await page.waitForURL(`${whole.origin}/`);
    await page.goto(`${whole.origin}/identity/session/end?client_id=forbear-console`);
    await page.getByRole('button', { name: '保持登录' }).waitFor();
    await expectAccessible(page);
  });
});
