import { hashOf } from '#idempotency';
import { EntrustmentRoom, stoppingOf } from '../../testing/entrustment-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { ActService } from '../act/act.service.ts';
import { ActStore } from '../act/act.store.ts';
import { CaseNotesService } from './case-notes.service.ts';
import { CaseService } from './case.service.ts';
import { CaseStore } from './case.store.ts';
import { HoldSettingService } from './hold-setting.service.ts';
import { PreferenceService } from './preference.service.ts';
import { RegisterDesk } from './register-desk.ts';
import type { HoldRequest, OptOutRequest } from './register.dto.ts';
import { RegisterStore } from './register.store.ts';

let stage: Stage;
let holds: HoldSettingService;
let preferences: PreferenceService;
let notes: CaseNotesService;
let cases: CaseService;

const NOW = '2026-11-21T15:00:00+08:00';
const agent = principal('agent');
const manager = principal('collections-manager');
const agencyA = principal('agency-supervisor', { agencyId: 'A01' });
const key = (name: string, input: unknown = null) => ({ key: name, hash: hashOf('x', input) });

beforeAll(async () => {
  stage = await Stage.open();
  const [store, caseStore] = [new RegisterStore(), new CaseStore()];
  const acts = new ActService(new ActStore(), stage.vault);
  const desk = new RegisterDesk(stage.source, stage.clock, store, caseStore);
  holds = new HoldSettingService(desk, store, acts, stoppingOf(stage));
  preferences = new PreferenceService(desk, store, acts);
  notes = new CaseNotesService(stage.source, desk, store, acts, new EntrustmentRoom(stage).service);
  cases = new CaseService(stage.source, caseStore, stage.vault, stage.clock);
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1', agencyId: 'A01' },
    // The same person with the same number in a second case, which the bank works on itself.
    { caseId: 'C2', debtorId: 'D1', debtId: 'L2' },
    { caseId: 'C3', debtorId: 'D3', agencyId: 'A02', contactPoint: '+8613800000003' },
  ]);
});
beforeEach(() => (stage.now = NOW));
afterAll(() => stage.close());

const cease = (more: Partial<HoldRequest> = {}): HoldRequest => ({ kind: 'cease', reason: '本人来电要求', ...more });
const find = (caseId: string) => cases.find(manager, caseId, 'r');
const codes = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? error,
  );
const pointers = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { extras?: { errors?: readonly { pointer: string }[] } }) => error.extras?.errors?.map(({ pointer }) => pointer) ?? error,
  );

describe('a hold', () => {
  it('set by an agent stops contact at once, in every case of the debtor, until it is released', async () => {
    const hold = await holds.set(agent, 'C1', cease(), null);
    expect(hold).toMatchObject({ kind: 'cease', from: NOW, until: null, scope: {} });
    expect((await stage.ask('C2')).reasons.map(({ ruleId }) => ruleId)).toContain('cease');
    stage.now = '2026-11-21T15:10:00+08:00';
    expect(await holds.release(manager, hold.id, { reason: '误设' }, null)).toMatchObject({ until: '2026-11-21T15:10:00+08:00' });
    expect((await stage.ask('C2')).reasons.map(({ ruleId }) => ruleId)).not.toContain('cease');
  });

  it('released by two at once is released once', async () => {
    const { id } = await holds.set(agent, 'C1', cease(), null);
    const both = await Promise.all([1, 2, 3].map(() => codes(holds.release(manager, id, { reason: 'x' }, null))));
    expect(both.toSorted()).toEqual(['done', 'hold-over', 'hold-over']);
    expect(await stage.sql(`select id from register_act where resource = $1 and action = 'hold-released'`, [id])).toHaveLength(1);
  });

  it('asked for twice with one key is one', async () => {
    const input = cease({ kind: 'deceased' });
    const all = await Promise.all([1, 2, 3, 4].map(() => holds.set(agent, 'C3', input, key('h1', input))));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect((await find('C3')).holds).toHaveLength(1);
    expect(await codes(holds.set(agent, 'C3', cease(), key('h1', 'other')))).toBe('idempotency-key-reused');
    await holds.release(manager, all[0]?.id ?? '', { reason: 'x' }, null);
  });

  it('that only the bank finds is not set by an agent; that of a complaint is its complaint’s', async () => {
    for (const kind of ['plan-active', 'objection-open'] as const) {
      expect(await codes(holds.set(agent, 'C3', cease({ kind }), null))).toBe('forbidden');
      const { id } = await holds.set(principal('compliance'), 'C3', cease({ kind, scope: 'all' }), null);
      await holds.release(manager, id, { reason: 'x' }, null);
    }
    expect(await pointers(holds.set(manager, 'C3', cease({ kind: 'complaint-hold' }), null))).toEqual(['/kind']);
    await stage.sql(
      `insert into hold (institution_id, debtor, kind, from_at) select '${BANK}', id, 'complaint-hold', now() from debtor where debtor_id = 'D3'`,
    );
    const held = (await find('C3')).holds.find(({ kind }) => kind === 'complaint-hold');
    expect(await codes(holds.release(manager, held?.id ?? '', { reason: 'x' }, null))).toBe('held-by-complaint');
    await stage.sql(`delete from hold where kind = 'complaint-hold'`);
  });

  it('has a beginning before its end, and an end that is to come; its scope is kept', async () => {
    expect(await pointers(holds.set(agent, 'C3', cease({ from: NOW, until: NOW }), null))).toEqual(['/until']);
    const past = { from: '2026-11-01T00:00:00Z', until: '2026-11-02T00:00:00Z' };
    expect(await pointers(holds.set(agent, 'C3', cease(past), null))).toEqual(['/until']);
    const hold = await holds.set(
      agent,
      'C3',
      cease({ until: '2026-11-22T00:00:00+08:00', scope: { channel: 'voice', agencyId: null } }),
      null,
    );
    expect(hold).toMatchObject({ until: '2026-11-22T00:00:00+08:00', scope: { channel: 'voice' } });
    stage.now = '2026-11-23T00:00:00+08:00';
    expect(await codes(holds.release(manager, hold.id, { reason: 'x' }, null))).toBe('hold-over');
  });

  it('of another’s case is not there', async () => {
    const { id } = await holds.set(agent, 'C3', cease(), null);
    const stranger = principal('collections-manager', { institutionId: 'bank-2' });
    for (const who of [agencyA, stranger]) {
      expect(await codes(holds.set(who, 'C3', cease(), null))).toBe('not-found');
      expect(await codes(holds.release(who, id, { reason: 'x' }, null))).toBe('not-found');
    }
    expect(await codes(holds.release(manager, 'x', { reason: 'x' }, null))).toBe('not-found');
    await holds.release(manager, id, { reason: 'x' }, null);
  });
});

describe('what a party agreed to or wants no more', () => {
  const consent = {
    partyId: 'P1',
    kind: 'out-of-hours' as const,
    channels: ['voice' as const],
    from: '22:00',
    to: '23:00',
    givenAt: NOW,
    evidence: '录音 1',
  };

  it('a consent holds from when it was given until it is withdrawn', async () => {
    const given = await preferences.consent(agencyA, 'C1', consent, null);
    expect(given).toMatchObject({ partyId: 'P1', from: '22:00', to: '23:00', givenAt: NOW, withdrawnAt: null });
    const late = { ...(await stage.request('C1')), caseId: 'C1' };
    stage.now = '2026-11-21T22:30:00+08:00';
    expect((await stage.ask('C1', late)).verdict).toBe('permitted');
    expect(await preferences.withdrawConsent(agent, given.id, { evidence: '录音 2' }, null)).toMatchObject({
      withdrawnAt: '2026-11-21T22:30:00+08:00',
    });
    expect((await stage.ask('C1', late)).reasons.map(({ ruleId }) => ruleId)).toContain('quiet-hours');
    expect(await codes(preferences.withdrawConsent(agent, given.id, { evidence: 'x' }, null))).toBe('already-withdrawn');
  });

  it('is not given in the future, nor withdrawn before it was given', async () => {
    const future = '2026-11-21T15:02:00+08:00';
    expect(await pointers(preferences.consent(agent, 'C1', { ...consent, givenAt: future }, null))).toEqual(['/givenAt']);
    expect(await pointers(preferences.consent(agent, 'C1', { ...consent, to: null }, null))).toEqual(['/to']);
    expect(await codes(preferences.consent(agent, 'C1', { ...consent, partyId: 'P9' }, null))).toBe('not-found');
    const { id } = await preferences.consent(agent, 'C1', consent, null);
    expect(await pointers(preferences.withdrawConsent(agent, id, { withdrawnAt: '2026-11-20T00:00:00Z', evidence: 'x' }, null))).toEqual([
      '/withdrawnAt',
    ]);
    expect(await pointers(preferences.withdrawConsent(agent, id, { withdrawnAt: future, evidence: 'x' }, null))).toEqual(['/withdrawnAt']);
    const both = await Promise.all([1, 2].map(() => codes(preferences.withdrawConsent(agent, id, { evidence: 'x' }, null))));
    expect(both.toSorted()).toEqual(['already-withdrawn', 'done']);
  });

  it('an opt-out is known in every case of the debtor, and names the point there', async () => {
    const point = await stage.pointOf('C1');
    const request: OptOutRequest = { partyId: 'P1', channel: 'sms', contactPointId: point, evidence: '短信回复 T' };
    const optOut = await preferences.optOut(agencyA, 'C1', request, null);
    expect(optOut).toMatchObject({ partyId: 'P1', channel: 'sms', contactPointId: point, at: NOW, withdrawnAt: null });
    expect((await find('C2')).optOuts).toMatchObject([{ id: optOut.id, contactPointId: await stage.pointOf('C2') }]);
    expect((await find('C3')).optOuts).toEqual([]);
    const other = await stage.pointOf('C3');
    expect(await codes(preferences.optOut(agent, 'C1', { ...request, contactPointId: other }, null))).toBe('not-found');
    expect(await codes(preferences.withdrawOptOut(principal('integration', { agencyId: 'A02' }), optOut.id, { evidence: 'x' }, null))).toBe(
      'not-found',
    );
    expect(await preferences.withdrawOptOut(manager, optOut.id, { evidence: 'x' }, null)).toMatchObject({ withdrawnAt: NOW });
  });
});

describe('what is noted on a case', () => {
  it('that the debtor was told of the referral, of a case that an agency has', async () => {
    const told = { toldAt: '2026-11-20T10:00:00+08:00', evidence: '挂号信 12' };
    expect(await notes.tellReferral(manager, 'C1', told, null)).toEqual({
      caseId: 'C1',
      referralNoticeAt: told.toldAt,
      agencyId: 'A01',
    });
    expect((await find('C1')).referralNoticeAt).toBe(told.toldAt);
    expect(await codes(notes.tellReferral(manager, 'C2', told, null))).toBe('not-entrusted');
    expect(await pointers(notes.tellReferral(manager, 'C1', { ...told, toldAt: '2026-11-22T00:00:00Z' }, null))).toEqual(['/toldAt']);
  });

  it('that a number serves no more, for the person in every case', async () => {
    const point = await stage.pointOf('C1');
    const set = (status: 'valid' | 'not-in-service', pointId = point, caseId = 'C1') =>
      notes.setPointStatus(agent, { caseId, pointId }, { status, reason: '空号' }, null);
    expect(await set('not-in-service')).toEqual({ contactPointId: point, status: 'not-in-service' });
    const status = async (caseId: string) => (await find(caseId)).parties[0]?.contactPoints[0]?.status;
    expect(await Promise.all(['C1', 'C2', 'C3'].map(status))).toEqual(['not-in-service', 'not-in-service', 'valid']);
    expect(await codes(set('valid', point, 'C3'))).toBe('not-found');
    expect(await codes(set('valid', 'x'))).toBe('not-found');
    const second = await stage.pointOf('C2');
    await Promise.all([set('valid'), set('not-in-service', second, 'C2'), set('valid'), set('not-in-service', second, 'C2')]);
    expect(await status('C1')).toBe(await status('C2'));
  });

  it('who did what, when, why and with which proof is kept, the reason sealed', async () => {
    await stage.addCases([{ caseId: 'C7', debtorId: 'D7', agencyId: 'A01', contactPoint: '+8613800000007' }]);
    const { id } = await holds.set(agent, 'C7', cease({ reason: '家属告知已故' }), null);
    await preferences.consent(
      agencyA,
      'C7',
      { partyId: 'P1', kind: 'frequency', channels: ['voice'], givenAt: NOW, evidence: '录音 9' },
      null,
    );
    const first = await notes.listActs(manager, 'C7', { limit: 1 });
    expect(first.items).toMatchObject([
      { action: 'hold-set', resource: id, by: 'agent-1', at: NOW, reason: '家属告知已故', evidence: null },
    ]);
    const rest = await notes.listActs(manager, 'C7', { limit: 1, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ items: [{ action: 'consent-given', by: 'agency-supervisor-1', evidence: '录音 9' }], nextCursor: null });
    expect(await codes(notes.listActs(principal('agency-supervisor', { agencyId: 'A02' }), 'C7', {}))).toBe('not-found');
    const sealed = await stage.sql(`select id from register_act where encode(reason_sealed, 'escape') like '%家属%'`);
    expect(sealed).toEqual([]);
  });
});
