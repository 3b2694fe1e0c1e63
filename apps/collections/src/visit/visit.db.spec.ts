import { hashOf } from '#idempotency';
import { codeOf, collectorRoom, type CollectorRoom } from '../../testing/collector-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { VisitRequest } from './visit.dto.ts';

let stage: Stage;
let room: CollectorRoom;
let number = 0;
const agent = principal('agent');
const START = '2026-11-21T15:00:00+08:00';
const jpeg = (mark: string): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 12]),
    Buffer.from('Exif\0\0GPS!'),
    Buffer.from([0xff, 0xda, 0, 2]),
    Buffer.from(mark),
    Buffer.from([0xff, 0xd9]),
  ]);

beforeAll(async () => {
  stage = await Stage.open();
  room = collectorRoom(stage);
  await stage.addAgencies(['A1', 'A2']);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = START;
});

async function home(agencyId: string | null = null): Promise<VisitRequest> {
  number += 1;
  const caseId = `C${number}`;
  await stage.addCases([{ caseId, debtorId: `D${number}`, contactPoint: `哈尔滨市南岗区${number}号`, contactChannel: 'letter', agencyId }]);
  return { caseId, partyId: 'P1', contactPointId: await stage.pointOf(caseId), collectorIds: ['c1', 'c2'] };
}
const plan = (request: VisitRequest, by = agent) => room.visits.plan(by, request, null, 'en', 'r');
async function planned(more: Partial<VisitRequest> = {}): Promise<string> {
  const { visit } = await plan({ ...(await home()), ...more });
  if (!visit) throw new Error('the visit was refused');
  return visit.id;
}
const photo = async (id: string, place: string, bytes = jpeg('x')) =>
  room.photos.take(agent, id, { place }, await stage.uploads.keep(BANK, 'p.jpg', [bytes]), 'r');

describe('a visit', () => {
  it('with one collector is refused with its article', async () => {
    expect(await plan({ ...(await home()), collectorIds: ['c1'] })).toMatchObject({
      verdict: 'refused',
      visit: null,
      reasons: [{ ruleId: 'visit-team', source: expect.stringContaining('CBA26'), limit: 2, counted: 1 }],
    });
  });

  it('at night, or planned into the night, is refused; for later than its permit lasts it cannot be planned', async () => {
    const request = await home();
    expect(await plan({ ...request, plannedFor: '2026-11-21T22:30:00+08:00' })).toMatchObject({
      verdict: 'refused',
      reasons: [{ ruleId: 'quiet-hours' }],
    });
    expect(await codeOf(plan({ ...request, plannedFor: '2026-11-23T10:00:00+08:00' }))).toBe('invalid');
    stage.now = '2026-11-21T23:00:00+08:00';
    expect(await plan(await home())).toMatchObject({ verdict: 'refused', nextPermittedAt: '2026-11-22T08:00:00+08:00' });
  });

  it('asked for many times with one key is one visit under one permit', async () => {
    const request = await home();
    const key = { key: `v${number}`, hash: hashOf('v', request) };
    const all = await Promise.all([1, 2, 3].map(() => room.visits.plan(agent, request, key, 'en', 'r')));
    expect(new Set(all.map(({ visit }) => visit?.id)).size).toBe(1);
    expect(
      await stage.sql('select id from decision where collection_case = (select id from collection_case where case_id = $1)', [
        request.caseId,
      ]),
    ).toHaveLength(1);
  });

  it('goes from the door on in its order: arrive, say who one is, ask, enter, leave, report', async () => {
    const id = await planned();
    expect(await codeOf(room.steps.enter(agent, id, { consent: 'given', consentOf: '本人', evidence: '执法记录仪' }, null, 'r'))).toBe(
      'not-arrived',
    );
    expect(await room.steps.arrive(agent, id, {}, null, 'r')).toMatchObject({ state: 'arrived', identityShownAt: null });
    expect(await codeOf(room.steps.enter(agent, id, { consent: 'given', consentOf: '本人', evidence: '执法记录仪' }, null, 'r'))).toBe(
      'identity-not-shown',
    );
    expect(await room.steps.arrive(agent, id, { shownTo: '本人，出示工作证' }, null, 'r')).toMatchObject({
      shownTo: '本人，出示工作证',
      identityShownAt: START,
    });
    expect(await codeOf(room.steps.enter(agent, id, { consent: 'given', consentOf: '本人' }, null, 'r'))).toBe('invalid');
    expect(await codeOf(photo(id, 'inside'))).toBe('no-entry-consent');
    const entered = await room.steps.enter(agent, id, { consent: 'given', consentOf: '本人', evidence: '执法记录仪 03:12' }, null, 'r');
    expect(entered).toMatchObject({ consent: 'given', enteredAt: START, consentEvidence: '执法记录仪 03:12' });
    expect(await photo(id, 'inside')).toMatchObject({ photos: [{ place: 'inside', mediaType: 'image/jpeg' }] });
    const leave = { key: 'leave', hash: hashOf('l', 1) };
    expect(await room.steps.leave(agent, id, {}, leave, 'r')).toMatchObject({ state: 'left' });
    expect(await room.steps.leave(agent, id, {}, leave, 'r')).toMatchObject({ state: 'left' });
    expect(await codeOf(room.steps.arrive(agent, id, {}, null, 'r'))).toBe('visit-over');
    await room.outcomes.record(agent, entered.attemptId, { result: 'conversation', startedAt: START, report: { reached: 'debtor' } }, 'en');
    expect(await room.visits.find(agent, id, 'r')).toMatchObject({ state: 'done', result: 'conversation' });
    const [row] = await stage.sql<{ a: Buffer; b: Buffer }>(
      `select shown_to_sealed as a, consent_of_sealed as b from visit where id = $1`,
      [id],
    );
    expect([row?.a.includes('本人'), row?.b.includes('本人')]).toEqual([false, false]);
  });

  it('where entry was refused stays outside, also in PostgreSQL', async () => {
    const id = await planned();
    await room.steps.arrive(agent, id, { shownTo: '家属' }, null, 'r');
    expect(await room.steps.enter(agent, id, { consent: 'refused', consentOf: '家属' }, null, 'r')).toMatchObject({
      consent: 'refused',
      enteredAt: null,
    });
    expect(await codeOf(photo(id, 'inside'))).toBe('no-entry-consent');
    expect(await photo(id, 'outside')).toMatchObject({ photos: [{ place: 'outside' }] });
    expect(await codeOf(stage.sql('update visit set entered_at = now() where id = $1', [id]))).toMatch('check');
  });

  it('of an agency is its own', async () => {
    const own = principal('agent', { agencyId: 'A1' });
    await stage.sql(`insert into agency_staff (institution_id, agency_id, collector_id, name_sealed, certificate_until, content_hash)
      select institution_id, agency_id, 'c2', name_sealed, certificate_until, '' from agency_staff where agency_id = 'A1'`);
    const { visit } = await plan(await home('A1'), own);
    expect(visit).toMatchObject({ agencyId: 'A1', state: 'planned' });
    for (const other of [principal('agent', { agencyId: 'A2' }), principal('agent', { institutionId: 'bank-2' })])
      expect(await codeOf(room.visits.find(other, visit?.id ?? '', 'r'))).toBe('not-found');
    expect((await room.visits.list(own, {}, 'r')).items.map(({ id }) => id)).toEqual([visit?.id]);
  });

  it('whose permit lapsed is over before it began', async () => {
    const id = await planned();
    stage.now = '2026-11-22T15:00:00+08:00';
    expect(await room.visits.find(agent, id, 'r')).toMatchObject({ state: 'lapsed' });
    expect(await codeOf(room.steps.arrive(agent, id, {}, null, 'r'))).toBe('visit-over');
  });
});

describe('a photo', () => {
  it('is kept as it was taken, once, and shown without what the camera notes', async () => {
    const id = await planned();
    await room.steps.arrive(agent, id, { shownTo: '本人' }, null, 'r');
    const bytes = jpeg('door');
    const many = await Promise.all([1, 2, 3].map(() => photo(id, 'outside', bytes)));
    expect(many.at(-1)?.photos).toHaveLength(1);
    const [kept] = (await room.visits.find(agent, id, 'r')).photos;
    const shown = await room.photos.show(agent, id, kept?.id ?? '', 'r');
    expect(shown.bytes.includes('GPS')).toBe(false);
    expect(shown.bytes.includes('door')).toBe(true);
    expect(kept?.bytes).toBe(bytes.length);
    expect(await codeOf(photo(id, 'outside', Buffer.from('<svg onload=alert(1)>')))).toBe('not-a-photo');
    expect(await codeOf(room.photos.show(principal('agent', { agencyId: 'A2' }), id, kept?.id ?? '', 'r'))).toBe('not-found');
  });
});
