import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import { readConfig } from '#config';
import { browserLaunch, freePort, spawnService, testDatabase, type SpawnedService, type TestDatabase } from '#testkit';
import { migrationSettings } from '../apps/identity/src/config.ts';
import { DEMO_CONSOLE_CLIENT, demoSecret } from '../apps/identity/src/demo.ts';
import { prepareDatabase } from '../apps/identity/src/migrate.ts';

// The whole installation as a person and a machine meet it: through the public origin, with a browser.

const services: SpawnedService[] = [];
const databases: TestDatabase[] = [];
let origin = '';
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://localhost:${port}`;
  const [ledger, logins] = await Promise.all([testDatabase('collections'), testDatabase('identity')]);
  databases.push(ledger, logins);
  const common = {
    DEMO: 'true',
    PORT: '0',
    PUBLIC_URL: origin,
    OIDC_ISSUER: `${origin}/identity`,
    VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    VAULT_INDEX_KEY: randomBytes(32).toString('base64'),
  };
  const ofLogins = { ...common, DATABASE_URL: logins.appUrl, MIGRATION_DATABASE_URL: logins.ownerUrl };
  await prepareDatabase(readConfig(migrationSettings, ofLogins));
  const start = async (entry: string, env: Record<string, string>): Promise<SpawnedService> => {
    const service = await spawnService(entry, { ...common, ...env });
    services.push(service);
    return service;
  };
  const identity = await start('apps/identity/src/main.js', { DATABASE_URL: logins.appUrl });
  const ofLedger = { DATABASE_URL: ledger.appUrl, OIDC_JWKS_URL: `${identity.url}/identity/jwks` };
  const [collections] = await Promise.all([
    start('apps/collections/src/main.js', ofLedger),
    start('apps/collections/src/worker.js', ofLedger),
  ]);
  await start('apps/console/server/main.js', { PORT: String(port), COLLECTIONS_URL: collections.url, IDENTITY_URL: identity.url });
  browser = await chromium.launch(browserLaunch());
});

afterAll(async () => {
  await browser.close();
  // The front first, as at a shutdown: it holds connections to the others.
  const codes = [];
  for (const service of services.toReversed()) codes.push(await service.stop());
  await Promise.all(databases.map((database) => database.drop()));
  expect(codes).toEqual(codes.map(() => 0));
  expect(services.map((service) => service.log()).join('\n')).not.toContain('unexpected error');
});

/** What a person would see at once: a broken page says so in the console. */
async function visit(path: string, width: number, work: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'zh-CN' });
  try {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      const { pathname } = new URL(message.location().url || origin);
      // Where the console will be, there is no page yet: a sign-in ends at its address.
      if (message.type() === 'error' && pathname !== '/auth/callback') complaints.push(`${pathname}: ${message.text()}`);
    });
    await page.goto(`${origin}${path}`);
    await work(page);
    expect(complaints).toEqual([]);
  } finally {
    await context.close();
  }
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const bad = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(bad.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

async function expectFits(page: Page): Promise<void> {
  // Run in the page.
  const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wider).toBeLessThanOrEqual(0);
}

/** With SCREENSHOTS=folder the pages can be looked at. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

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
    await page.locator('.opblock').first().waitFor();
    const paths = await page.locator('.opblock-summary-path').allInnerTexts();
    // Long paths are given places to break.
    const plain = paths.map((path) => path.replaceAll('\u200b', ''));
    expect(plain).toEqual(
      expect.arrayContaining(['/v1/contact-attempts', '/v1/contact-evaluations', '/v1/cases', '/v1/imports', '/v1/lookbacks']),
    );
    await picture(page, 'docs');
  });
});

function signInPath(): string {
  const query = new URLSearchParams({
    client_id: DEMO_CONSOLE_CLIENT,
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: `${origin}/auth/callback`,
    state: 's1',
    nonce: 'n1',
    code_challenge: createHash('sha256').update(randomBytes(32).toString('base64url')).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return `/identity/auth?${query}`;
}

it.each([1440, 390])('people sign in, %d wide', async (width) => {
  await visit(signInPath(), width, async (page) => {
    await page.locator('input[name=password]').waitFor();
    await expectFits(page);
    await expectAccessible(page);
    await picture(page, `sign-in-${width}`);
    await page.locator('input[name=login]').fill('compliance');
    await page.locator('input[name=password]').fill('forbear-demo');
    await page.locator('button[type=submit]').first().click();
    await page.waitForURL('**/auth/callback?*');
    expect(new URL(page.url()).searchParams.get('code')).toMatch(/\S/);
    expect(new URL(page.url()).searchParams.get('state')).toBe('s1');
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
