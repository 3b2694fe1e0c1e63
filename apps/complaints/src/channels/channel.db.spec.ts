import { channelRequest, codeOf, key, PublicRoom } from '../../testing/public.ts';
import { principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;
let room: PublicRoom;
const [compliance, second] = [principal('compliance'), principal('compliance', { subject: 'compliance-2' })];

beforeAll(async () => {
  stage = await Stage.open();
  room = new PublicRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const shown = () => room.channels.published(undefined, 'zh');

it('until something is published, what the law says is shown', async () => {
  const page = await room.channels.published('bank-7', 'en');
  expect(page).toMatchObject({ version: 0, publishedAt: null, takesComplaints: false });
  expect(page.channels.map(({ value }) => value)).toEqual(['12378', '12363']);
  expect(page.terms[0]?.terms[0]?.days).toBe(15);
});

it('a version is published by a second person, never by its author', async () => {
  const { version } = await room.channels.propose(compliance, channelRequest(), null);
  expect(await codeOf(room.channels.approve(compliance, String(version), null))).toBe('own-request');
  expect((await shown()).version).toBe(0);
  expect(await codeOf(room.channels.propose(supervisor, channelRequest(), null))).toBe('channels-wait');
  const published = await room.channels.approve(second, String(version), null);
  expect(published).toMatchObject({ state: 'published', inForce: true, settledBy: 'compliance-2' });
  expect(await shown()).toMatchObject({ version, publishedAt: '2026-11-21T15:00:00+08:00' });
  expect(await codeOf(room.channels.refuse(second, String(version), '晚了', null))).toBe('channels-settled');
});

it('of many who settle at once one does', async () => {
  const { version } = await room.channels.propose(supervisor, channelRequest(), null);
  const all = await Promise.all([
    ...[1, 2, 3].map(() => codeOf(room.channels.approve(second, String(version), null))),
    ...[1, 2].map(() => codeOf(room.channels.refuse(compliance, String(version), '不同意', null))),
    codeOf(room.channels.approve(supervisor, String(version), null)),
  ]);
  expect(all.filter((one) => one === 'done')).toHaveLength(1);
});

it('of many who propose at once one does; the same key is the same version', async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => codeOf(room.channels.propose(supervisor, channelRequest(), null))));
  expect(all.toSorted()).toEqual(['channels-wait', 'channels-wait', 'channels-wait', 'done']);
  const waiting = (await room.channels.list(supervisor)).items.find(({ state }) => state === 'proposed');
  // The author takes it back; others of the desk may not.
  expect(await codeOf(room.channels.refuse(principal('head-office-approver'), String(waiting?.version), 'x', null))).toBe('forbidden');
  const back = await room.channels.refuse(supervisor, String(waiting?.version), '电话写错了', null);
  expect(back).toMatchObject({ state: 'refused', refusal: '电话写错了', inForce: false });
  const twice = await Promise.all([1, 2, 3].map(() => room.channels.propose(supervisor, channelRequest(), key('c-1'))));
  expect(new Set(twice.map(({ version }) => version)).size).toBe(1);
});

it('what lacks a telephone or the hotline is refused with the article', async () => {
  const wanted = channelRequest({ channels: [{ kind: 'email', labelZh: '邮箱', labelEn: 'Mail', value: 'nobody' }] });
  await expect(room.channels.propose(supervisor, wanted, null)).rejects.toMatchObject({
    extras: {
      errors: [{ pointer: '/channels/0/value' }, { pointer: '/channels', source: 'HLJ 25' }, { pointer: '/channels', source: 'HLJ 25' }],
    },
  });
});

it('another institution and an agency have nothing of it', async () => {
  const stranger = principal('compliance', { institutionId: 'bank-2' });
  expect(await codeOf(room.channels.approve(stranger, '1', null))).toBe('not-found');
  expect((await room.channels.list(stranger)).items.map(({ version }) => version)).toEqual([0]);
  expect(await codeOf(room.channels.list(principal('compliance', { agencyId: 'agency-1' })))).toBe('not-found');
});
