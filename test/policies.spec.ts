import { chromium, type Browser } from 'playwright-core';
import { browserLaunch, spawnService, type SpawnedService } from '#testkit';
import { Installation } from './harness.ts';
import { expectAccessible, expectFits, picture, visit } from './pages.ts';
import { expectProblem } from './problems.ts';

// What the packs say, as anybody may read it: without a token, through the front, as a debtor's browser does.

let bank: Installation;
let front: SpawnedService;
let browser: Browser;

beforeAll(async () => {
  bank = await Installation.open({ worker: false });
  front = await spawnService('apps/console/server/main.js', {
    PORT: '0',
    COLLECTIONS_URL: bank.servers[0]?.url ?? '',
    IDENTITY_URL: bank.servers[0]?.url ?? '',
    PUBLIC_URL: 'http://localhost:3000',
  });
  browser = await chromium.launch(browserLaunch());
});
afterAll(async () => {
  await browser.close();
  expect(await front.stop()).toBe(0);
  await bank.close();
});

// What fetch asks for by itself is any language.
const read = (path: string, headers: Record<string, string> = {}) =>
  bank.call(path, { as: null, headers: { 'accept-language': 'zh-CN', ...headers } });
const PACK = '/v1/policies/cn-card';

describe('a pack', () => {
  it('as JSON: every row as data and in words', async () => {
    const { status, json, headers } = await read(PACK);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(json).toMatchObject({
      pack: 'cn-card',
      versions: [1, 2],
      version: 2,
      language: 'zh',
      audience: 'staff',
      at: null,
      later: [],
      ended: [],
      advice: [],
    });
    expect(json.rows.find(({ ruleId }: { ruleId: string }) => ruleId === 'attempts-per-point')).toMatchObject({
      kind: 'counter',
      params: { cap: 6 },
      severity: 'block',
      title: '同一号码的未接通次数',
      limits: ['同一号码每日未接通上限 6 次'],
      citations: [
        expect.objectContaining({
          instrument: expect.stringContaining('催收工作指引'),
          article: '第 3 章',
          grade: expect.stringMatching(/^B/),
        }),
      ],
      effectiveTo: null,
    });
  });

  it('in the language that is asked for, by address before browser', async () => {
    const title = async (path: string, language: string) => (await read(path, { 'accept-language': language })).json.title;
    expect(await title(PACK, 'en-GB')).toMatch(/China/);
    expect(await title(`${PACK}?lang=zh`, 'en-GB')).toMatch(/中国/);
    expect(await title(`${PACK}?lang=en`, 'zh-CN')).toMatch(/China/);
  });

  it('at a date: what holds then, what comes later; old versions too', async () => {
    const { json } = await read(`${PACK}?at=2011-01-12`);
    expect([json.rows.length, json.ended.length]).toEqual([0, 0]);
    expect(json.later.length).toBeGreaterThan(20);
    // The date is the one that is written, whatever it is elsewhere.
    expect((await read(`${PACK}?at=2026-11-21T23:30:00-05:00`)).json.at).toBe('2026-11-21');
    expect((await read(`${PACK}?version=1`)).json).toMatchObject({ version: 1, rows: { length: 17 } });
  });

  it('for debtors: in plain words, with what they can do', async () => {
    const { json } = await read(`${PACK}?audience=debtor`);
    expect(json.advice.length).toBeGreaterThan(4);
    expect(JSON.stringify(json.rows.map(({ says }: { says: string }) => says))).toContain('您');
  });

  it('as Markdown and as a page, by Accept', async () => {
    const markdown = await read(PACK, { accept: 'text/markdown' });
    expect(markdown.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(markdown.text).toMatch(/^# .+\n[\s\S]*\n### 禁止联系的时段\n/);
    const page = await read(PACK, { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text).toMatch(/^<!doctype html>\s*<html lang="zh-CN">/);
    expect(page.text).not.toMatch(/<script|\son\w+=|undefined|\[object/);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'none'/);
    expect((await read(PACK, { accept: 'text/html;q=0.2, application/json' })).headers.get('content-type')).toMatch(/json/);
  });

  it('may be kept: the same bytes have the same tag, each form its own', async () => {
    const first = await read(PACK);
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toMatch(/^public/);
    expect(first.headers.get('vary')).toBe('Accept, Accept-Language');
    expect(await read(PACK, { 'if-none-match': `"x", W/${etag}` })).toMatchObject({ status: 304, text: '' });
    // A kept page takes over the headers of the 304: without its policy it would lose its style.
    const page = await read(PACK, { accept: 'text/html' });
    const kept = await read(PACK, { accept: 'text/html', 'if-none-match': page.headers.get('etag') ?? '' });
    expect(kept.status).toBe(304);
    expect(kept.headers.get('content-security-policy')).toBe(page.headers.get('content-security-policy'));
    expect((await read(`${PACK}?lang=en`, { 'if-none-match': etag })).status).toBe(200);
    expect((await read(PACK, { 'if-none-match': etag, accept: 'text/markdown' })).status).toBe(200);
  });

  it('that there is not, or asked for wrongly, is said so', async () => {
    const unknown = await read('/v1/policies/cn-cart', { accept: 'text/html' });
    expectProblem(unknown, 404);
    expect(unknown.json.detail).toContain('cn-card, cn-heilongjiang, us-reg-f');
    const version = await read(`${PACK}?version=99`);
    expectProblem(version, 404);
    expect(version.json.detail).toContain('known are 1, 2');
    expectProblem(await read(`${PACK}?at=2026-02-30`), 422, '/at');
    expectProblem(await read(`${PACK}?at=today`), 422, '/at');
    expectProblem(await read(`${PACK}?lang=fr`), 422, '/lang');
    expectProblem(await read(`${PACK}?audience=children`), 422, '/audience');
    expectProblem(await read(`${PACK}?version=0`), 422, '/version');
    expectProblem(await read(`${PACK}?colour=red`), 422, '/colour');
    expectProblem(await read('/v1/policies/%3Cscript%3E'), 404);
    expectProblem(await read('/v1/policies/constructor'), 404);
  });
});

it('the packs, and the schema that they follow', async () => {
  const { json } = await read('/v1/policies');
  expect(json.items.map(({ pack }: { pack: string }) => pack)).toEqual(['cn-card', 'cn-heilongjiang', 'us-reg-f', 'in-rbi', 'jp-mla']);
  const schema = await read('/v1/policies/schema');
  expect(schema.headers.get('content-type')).toMatch(/^application\/schema\+json/);
  expect(schema.json).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'urn:forbear:contact-pack' });
});

describe.each([
  ['zh-CN', 1440],
  ['zh-CN', 390],
  ['en-GB', 1440],
  ['en-GB', 390],
] as const)('in a browser that speaks %s and is %i wide', (locale, width) => {
  it.each([
    ['list', ''],
    ['card', '/cn-card'],
    ['card-debtor', '/cn-card?audience=debtor'],
    ['reg-f', '/us-reg-f'],
    ['later', '/cn-card?at=2011-01-12&version=1'],
  ])('%s can be read', async (name, path) => {
    await visit(browser, `${front.url}/api/collections/v1/policies${path}`, { width, locale }, async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(locale === 'zh-CN' ? 'zh-CN' : 'en');
      await expectFits(page);
      await expectAccessible(page);
      await picture(page, `policies-${name}-${locale.slice(0, 2)}-${width}`);
    });
  });
});

it('leads from the list to a pack, to the other language and to the debtor’s text', async () => {
  await visit(browser, `${front.url}/api/collections/v1/policies`, { width: 1440 }, async (page) => {
    await page.getByRole('link', { name: /中国信用卡/ }).click();
    await page.getByRole('heading', { level: 1, name: /中国信用卡/ }).waitFor();
    await page.getByRole('link', { name: '债务人版' }).click();
    await page.getByRole('heading', { name: '您可以怎么做' }).waitFor();
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'What you can do' }).waitFor();
    await page.getByRole('link', { name: 'All packs' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rules on contact in collection' }).waitFor();
  });
});
