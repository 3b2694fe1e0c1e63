import { BANK, Stage } from '../../testing/stage.ts';
import { StandingRoom } from '../../testing/standing-room.ts';
import { historyPage, listPage } from './publication-page.ts';
import { PublicationService } from './publication.service.ts';
import { PublicationStore } from './publication.store.ts';

let stage: Stage;
let room: StandingRoom;
let published: PublicationService;

beforeAll(async () => {
  stage = await Stage.open();
  room = new StandingRoom(stage);
  published = new PublicationService(stage.source, stage.clock, new PublicationStore(), { publicInstitutionId: BANK });
});
afterAll(() => stage.close());

const at = (time: string) => `2026-11-${time}+08:00`;
const names = async (when: { on?: string; at?: string } = {}): Promise<string[]> =>
  (await published.list(when)).items.map(({ agencyId }) => agencyId);
const refused = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { extras?: { errors?: { pointer: string }[] } }) => error.extras?.errors?.[0]?.pointer ?? error,
  );

it('as of a past date equals what was published then, whatever has changed since', async () => {
  stage.now = at('01T09:00:00');
  await room.agencyWithCase('P1');
  await room.agencyWithCase('P2');
  const kept: { when: string; said: string }[] = [];
  const keep = async (when: string): Promise<void> => {
    stage.now = when;
    kept.push({ when, said: JSON.stringify((await published.list({})).items) });
  };
  await keep(at('02T12:00:00'));
  stage.now = at('03T10:00:00');
  await stage.sql(`update agency set phone = '0451-8888', address = '哈尔滨' where agency_id = 'P1'`);
  await room.change('P1', { lastEvaluatedOn: '2026-11-03' });
  await keep(at('04T12:00:00'));
  stage.now = at('05T10:00:00');
  await room.change('P2', { status: 'suspended' });
  await keep(at('06T12:00:00'));
  stage.now = at('07T10:00:00');
  await room.change('P2', { status: 'active', contractTo: '2026-11-08' });
  await keep(at('08T23:59:59'));
  // Nobody has looked since the contract ended: it is off the list all the same.
  await keep(at('09T00:00:00'));
  expect(kept.map(({ said }) => (JSON.parse(said) as unknown[]).length)).toEqual([2, 2, 1, 2, 1]);
  stage.now = at('20T10:00:00');
  await stage.sql(`update agency set name = '新名', phone = '1' where agency_id = 'P1'`);
  await room.change('P1', { published: false });
  for (const { when, said } of kept) {
    const then = await published.list({ at: when });
    expect([then.asOf, JSON.stringify(then.items)]).toEqual([when, said]);
  }
  expect(await names()).toEqual([]);
  expect(await names({ on: '2026-11-05' })).toEqual(['P1']);
  expect(await names({ on: '2026-11-04' })).toEqual(['P1', 'P2']);
});

it('a suspended agency leaves at once', async () => {
  stage.now = at('21T10:00:00');
  await room.agencyWithCase('P3');
  expect(await names()).toEqual(['P3']);
  stage.now = at('21T10:00:01');
  await room.change('P3', { status: 'suspended' });
  expect([await names(), await names({ at: at('21T10:00:00') })]).toEqual([[], ['P3']]);
});

it('tells its history: entries, changed words and exits, without those that never began; by page', async () => {
  const { items } = await published.history({ agencyId: 'P2' });
  expect(items.map(({ from, until, left }) => [from, until, left])).toEqual([
    [at('07T10:00:00'), at('09T00:00:00'), true],
    [at('01T09:00:00'), at('05T10:00:00'), true],
  ]);
  const own = (await published.history({ agencyId: 'P1' })).items;
  expect(own.map(({ phone, left }) => [phone, left])).toEqual([
    ['0451-8888', true],
    [null, false],
  ]);
  const first = await published.history({ limit: 2 });
  const rest = await published.history({ limit: 100, cursor: first.nextCursor ?? '' });
  expect([...first.items, ...rest.items]).toEqual((await published.history({})).items);
});

it('is each institution’s own, and answers no question about a time that has not come', async () => {
  expect((await published.list({ institutionId: 'bank-2' })).items).toEqual([]);
  expect(await refused(published.list({ institutionId: '*' }))).toBe('/institutionId');
  expect(await refused(published.list({ on: '2099-01-01' }))).toBe('/on');
  expect(await refused(published.list({ at: '2099-01-01T00:00:00Z' }))).toBe('/at');
  expect(await refused(published.list({ on: '2026-11-01', at: at('01T00:00:00') }))).toBe('/at');
  const nobodys = new PublicationService(stage.source, stage.clock, new PublicationStore(), { publicInstitutionId: '' });
  expect(await refused(nobodys.list({}))).toBe('/institutionId');
});

it('is a page in both languages, in which nobody’s name becomes markup', async () => {
  stage.now = at('22T10:00:00');
  await stage.addAgencies(['P9']);
  await stage.sql(`update agency set name = '<script>alert(1)</script>' where agency_id = 'P9'`);
  await room.change('P9', { lastEvaluatedOn: '2026-11-01' });
  const list = await published.list({});
  for (const language of ['zh', 'en'] as const) {
    const pages = [listPage(list, {}, language), historyPage(await published.history({}), {}, language)];
    for (const page of pages) {
      expect(page).toContain(`lang="${language === 'zh' ? 'zh-CN' : 'en'}"`);
      expect(page).toContain('&lt;script&gt;');
      expect(page).not.toMatch(/<script|undefined|\[object/);
    }
  }
});
