import { randomUUID } from 'node:crypto';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { BANK, Stage } from '../../testing/stage.ts';
import type { HoldOutcome, HoldRequest } from './hold.events.ts';
import { HoldService } from './hold.service.ts';
import { HoldStore } from './hold.store.ts';

let stage: Stage;
const holds = new HoldService(new HoldStore());

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const asking = (account: string, more: Partial<HoldRequest> = {}): HoldRequest => ({
  complaintId: randomUUID(),
  version: 1,
  account,
  agencyId: null,
  collectorId: null,
  channel: null,
  contactPoint: null,
  from: '2026-11-20T10:00:00.000Z',
  until: null,
  number: 'TS20261120-000001',
  ...more,
});
const apply = (request: unknown, institutionId = BANK): Promise<HoldOutcome> =>
  inTransaction(stage.source, { institutionId }, (tx) => holds.apply(tx, institutionId, request));
const ends = (request: HoldRequest): HoldRequest => ({ ...request, version: 2, until: '2026-11-21T06:00:00.000Z' });
const reasons = async (caseId: string, more: object = {}): Promise<string[]> =>
  (await stage.ask(caseId, more)).reasons.map(({ ruleId }) => ruleId);

describe('a complaint about collection', () => {
  it('holds the debtor of its account, by case, debt or debtor, until it ends', async () => {
    await stage.addCases([{ caseId: 'C1', debtorId: 'D1', debtId: 'L1', contactPoint: '+8613800000101' }]);
    for (const account of ['C1', 'L1', 'D1']) {
      const request = asking(account);
      expect(await apply(request)).toEqual({ state: 'set', debtorId: 'D1', ...(account === 'D1' ? {} : { caseId: 'C1' }) });
      expect(await reasons('C1')).toEqual(['complaint-hold']);
      expect(await apply(ends(request))).toEqual({ state: 'lifted' });
      expect(await reasons('C1')).not.toContain('complaint-hold');
    }
  });

  it('stops the agency or the collector that it names, and no other', async () => {
    await stage.addCases([{ caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000102' }]);
    await apply(asking('C2', { collectorId: 'c1' }));
    expect(await reasons('C2', { collectorIds: ['c1'] })).toEqual(['complaint-hold']);
    expect(await reasons('C2', { collectorIds: ['c2'] })).toEqual([]);
  });

  it('that is asked for again in other words goes on holding', async () => {
    await stage.addCases([{ caseId: 'C9', debtorId: 'D9', contactPoint: '+8613800000109' }]);
    const request = asking('C9');
    await apply(request);
    expect(await apply({ ...request, version: 2, collectorId: 'c1' })).toMatchObject({ state: 'set' });
    expect(await reasons('C9', { collectorIds: ['c1'] })).toEqual(['complaint-hold']);
    expect(await reasons('C9', { collectorIds: ['c2'] })).toEqual([]);
    expect(await apply({ ...request, version: 3, until: '2026-11-21T06:00:00.000Z' })).toEqual({ state: 'lifted' });
    expect(await reasons('C9', { collectorIds: ['c1'] })).not.toContain('complaint-hold');
  });

  it('holds another scope when it asks for one, one channel or one number, and again when it is open again', async () => {
    await stage.addCases([{ caseId: 'C6', debtorId: 'D6', contactPoint: '+8613800000106' }]);
    const request = asking('C6');
    await apply(request);
    await apply({ ...request, version: 2, channel: 'sms' });
    expect(await reasons('C6')).toEqual([]);
    const elsewhere = await stage.pointOf('C1');
    await apply({ ...request, version: 3, contactPoint: elsewhere });
    expect(await reasons('C6', { collectorIds: ['c2'] })).not.toContain('complaint-hold');
    await apply({ ...request, version: 4, contactPoint: await stage.pointOf('C6') });
    expect(await reasons('C6')).toContain('complaint-hold');
    await apply({ ...request, version: 5, until: '2026-11-21T06:00:00.000Z' });
    expect(await reasons('C6')).not.toContain('complaint-hold');
    await apply({ ...request, version: 6 });
    expect(await reasons('C6')).toContain('complaint-hold');
  });

  it('the later version holds, whichever comes first, and one twice changes nothing', async () => {
    await stage.addCases([{ caseId: 'C3', debtorId: 'D3', contactPoint: '+8613800000103' }]);
    const request = asking('C3');
    expect(await apply(ends(request))).toEqual({ state: 'lifted' });
    expect(await apply(request)).toEqual({ state: 'lifted' });
    expect(await reasons('C3')).toEqual([]);
    const other = asking('C3');
    const all = await Promise.all([1, 2, 3, 4].map(() => apply(other)));
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['set']));
    expect(await stage.sql(`select h.id from hold h join debtor d on d.id = h.debtor where d.debtor_id = 'D3'`)).toHaveLength(1);
  });

  it('of an account that is not known yet is set when its case is imported, and that is told', async () => {
    const request = asking('C4', { agencyId: 'agency-a' });
    const over = asking('C4');
    expect(await apply(request)).toEqual({ state: 'no-case' });
    await apply(over);
    expect(await apply(ends(over))).toEqual({ state: 'lifted' });
    const sweep = (): Promise<void> => inTransaction(stage.source, { institutionId: EVERY_INSTITUTION }, (tx) => holds.setWaiting(tx));
    await sweep();
    await stage.addCases([{ caseId: 'C4', debtorId: 'D4', contactPoint: '+8613800000104' }]);
    await Promise.all([sweep(), sweep()]);
    expect(await stage.sql(`select kind, scope, until_at from hold h join debtor d on d.id = h.debtor where d.debtor_id = 'D4'`)).toEqual([
      { kind: 'complaint-hold', scope: { agencyId: 'agency-a' }, until_at: null },
    ]);
    const told = await stage.sql<{ payload: unknown }>(`select payload from event where topic = 'collections.complaint-hold'`);
    expect(told.map(({ payload }) => payload)).toEqual([
      { complaintId: request.complaintId, version: 1, account: 'C4', state: 'set', debtorId: 'D4', caseId: 'C4' },
    ]);
    expect(await apply(ends(request))).toEqual({ state: 'lifted' });
  });

  it('touches no other institution', async () => {
    await stage.addCases([{ caseId: 'C5', debtorId: 'D5', contactPoint: '+8613800000105' }]);
    expect(await apply(asking('C5'), 'bank-2')).toEqual({ state: 'no-case' });
  });

  it('that cannot be read is our fault, and is kept waiting', async () => {
    await expect(apply({ complaintId: 'x' })).rejects.toThrow('cannot be read');
  });
});
