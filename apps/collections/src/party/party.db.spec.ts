import { hashOf } from '#idempotency';
import { Refusal } from '#problem';
import { principal, Stage } from '../../testing/stage.ts';
import { ActService } from '../act/act.service.ts';
import { ActStore } from '../act/act.store.ts';
import { CaseService } from '../case/case.service.ts';
import { CaseStore } from '../case/case.store.ts';
import { RegisterDesk } from '../case/register-desk.ts';
import { RegisterStore } from '../case/register.store.ts';
import { TaskService } from '../task/task.service.ts';
import { TaskStore } from '../task/task.store.ts';
import type { PartyRequest, PointRequest } from './party.dto.ts';
import { PartyService } from './party.service.ts';
import { PartyStore } from './party.store.ts';
import { PointService } from './point.service.ts';

let stage: Stage;
let parties: PartyService;
let points: PointService;
let cases: CaseService;
const NOW = '2026-11-21T15:00:00+08:00';
const agent = principal('agent', { agencyId: 'A01' });
const manager = principal('collections-manager');
const second = principal('compliance');

beforeEach(async () => {
  stage = await Stage.open();
  stage.now = NOW;
  const acts = new ActService(new ActStore(), stage.vault);
  const caseStore = new CaseStore();
  const desk = new RegisterDesk(stage.source, stage.clock, new RegisterStore(), caseStore);
  const store = new PartyStore();
  parties = new PartyService(desk, store, acts, new TaskService(new TaskStore()), stage.vault);
  points = new PointService(desk, store, acts, stage.vault);
  cases = new CaseService(stage.source, caseStore, stage.vault, stage.clock);
  await stage.addAgencies(['A01']);
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1', agencyId: 'A01' },
    {
      caseId: 'C1',
      debtorId: 'D1',
      agencyId: 'A01',
      partyId: 'P2',
      partyRole: 'related',
      partyName: '李四',
      contactPoint: '+8613800000002',
    },
    { caseId: 'C2', debtorId: 'D2', agencyId: 'A01', contactPoint: '+8613800000003' },
  ]);
});
afterEach(() => stage.close());

async function codes(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
    return ['done'];
  } catch (error) {
    if (error instanceof Refusal) return [error.kind.code, ...(error.extras.errors ?? []).map(({ pointer }) => pointer)];
    throw error;
  }
}
const point = (more: Partial<PointRequest> = {}): PointRequest => ({
  partyId: 'P1',
  channel: 'voice',
  value: '138 0000 0009',
  source: 'debtor',
  ...more,
});
const guarantor = (more: Partial<PartyRequest> = {}): PartyRequest => ({
  partyId: 'G1',
  role: 'guarantor',
  name: '王五',
  basis: '保证合同 2026-17',
  reason: '补登',
  ...more,
});
const rules = async (partyId: string) => {
  const { reasons } = await stage.ask('C1', { partyId }, agent);
  return reasons.filter(({ severity }) => severity === 'block').map(({ ruleId }) => ruleId);
};
const pointsOf = async (caseId: string, partyId = 'P1') => {
  const view = await cases.find(manager, caseId, 'r');
  return view.parties.find((one) => one.partyId === partyId)?.contactPoints ?? [];
};

describe('a contact point', () => {
  it('is added with its source, its check and by whom; the gate takes it', async () => {
    const added = await points.add(agent, 'C1', point({ checkedAt: '2026-11-20T10:00:00+08:00', how: 'called' }), null);
    expect(added).toMatchObject({ status: 'valid', checkedAt: '2026-11-20T10:00:00+08:00', warnings: [] });
    expect((await pointsOf('C1')).find(({ id }) => id === added.contactPointId)).toMatchObject({
      value: '+8613800000009',
      source: 'debtor',
      checkedBy: 'agent-1',
      checkHow: 'called',
      addedBy: 'agent-1',
      stale: false,
    });
    const { verdict } = await stage.ask('C1', { contactPointId: added.contactPointId }, agent);
    expect(verdict).toBe('permitted');
  });

  it('that somebody else has warns; that the party has already, or that is none, is refused', async () => {
    expect(await points.add(agent, 'C1', point({ value: '+8613800000003' }), null)).toMatchObject({ warnings: ['known-of-another'] });
    expect(await codes(points.add(agent, 'C1', point({ value: '13800000001' }), null))).toEqual(['point-known']);
    expect(await codes(points.add(agent, 'C1', point({ value: 'nobody' }), null))).toEqual(['invalid', '/value']);
    expect(await codes(points.add(agent, 'C1', point({ checkedAt: NOW }), null))).toEqual(['invalid', '/how']);
    expect(await codes(points.add(principal('agent', { agencyId: 'A02' }), 'C1', point(), null))).toEqual(['not-found']);
  });

  it('grows stale, and is fresh when somebody makes sure of it', async () => {
    const [one] = await pointsOf('C1');
    expect(one).toMatchObject({ checkedAt: null, stale: true });
    const pointId = one?.id ?? '';
    expect(await points.check(agent, { caseId: 'C1', pointId }, { result: 'not-in-service', how: 'called' }, null)).toMatchObject({
      status: 'not-in-service',
      checkedAt: NOW,
    });
    expect((await pointsOf('C1'))[0]).toMatchObject({ stale: false });
    stage.now = '2028-01-21T15:00:00+08:00';
    expect((await pointsOf('C1'))[0]).toMatchObject({ stale: true });
  });

  it('is one for one key, and one for many who add it at once', async () => {
    const key = { key: 'k', hash: hashOf('x', 1) };
    const same = await Promise.all([1, 2, 3].map(() => points.add(agent, 'C1', point(), key)));
    expect(new Set(same.map(({ contactPointId }) => contactPointId)).size).toBe(1);
    const others = await Promise.all([1, 2, 3].map(() => codes(points.add(agent, 'C1', point({ value: '13800000010' }), null))));
    expect(others.flat().toSorted()).toEqual(['done', 'point-known', 'point-known']);
  });
});

describe('a person who is to become liable', () => {
  it('is nobody to collect from until a second person has looked at the document', async () => {
    expect(await rules('P2')).toContain('party-target');
    const proposal = await parties.makeLiable(
      agent,
      { caseId: 'C1', partyId: 'P2' },
      { role: 'guarantor', basis: '保证合同 9', reason: '补登' },
      null,
    );
    expect(proposal.state).toBe('proposed');
    expect(await rules('P2')).toContain('party-target');
    expect(await codes(parties.approve(agent, proposal.id, null))).toEqual(['forbidden']);
    expect((await parties.waiting(agent, 'C1')).items).toHaveLength(1);
    expect(await parties.approve(second, proposal.id, null)).toMatchObject({ state: 'approved', role: 'guarantor' });
    expect(await rules('P2')).toEqual([]);
    // No file says otherwise.
    await stage.addCases([
      {
        caseId: 'C1',
        debtorId: 'D1',
        agencyId: 'A01',
        partyId: 'P2',
        partyRole: 'related',
        partyName: '李四四',
        contactPoint: '+8613800000002',
      },
    ]);
    expect(await rules('P2')).toEqual([]);
  });

  it('is approved by somebody else, once, however many press', async () => {
    const { id } = await parties.add(manager, 'C1', guarantor(), null);
    expect(await codes(parties.approve(manager, id, null))).toEqual(['own-party']);
    expect(await codes(parties.add(second, 'C1', guarantor(), null))).toEqual(['party-pending']);
    const all = await Promise.all([codes(parties.approve(second, id, null)), codes(parties.reject(second, id, '合同未签', null))]);
    expect(all.flat().toSorted()).toEqual(['done', 'party-decided']);
  });

  it('ends as a party at once: nobody to collect from, and no number serves', async () => {
    const { id } = await parties.makeLiable(
      manager,
      { caseId: 'C1', partyId: 'P2' },
      { role: 'co-debtor', basis: '合同', reason: 'x' },
      null,
    );
    await parties.approve(second, id, null);
    expect(await parties.end(manager, { caseId: 'C1', partyId: 'P2' }, '保证责任解除', null)).toMatchObject({ state: 'ended' });
    expect(await rules('P2')).toEqual(expect.arrayContaining(['party-target', 'point-source']));
    expect(await codes(parties.end(manager, { caseId: 'C1', partyId: 'P2' }, 'x', null))).toEqual(['party-over']);
    expect(await codes(parties.end(manager, { caseId: 'C1', partyId: 'P1' }, 'x', null))).toEqual(['the-debtor']);
  });

  it('who is not liable is added at once', async () => {
    expect(await parties.add(manager, 'C1', guarantor({ partyId: 'R1', role: 'representative' }), null)).toMatchObject({ state: 'added' });
    expect(await codes(parties.add(manager, 'C1', guarantor({ partyId: 'R1', role: 'related' }), null))).toEqual(['party-known']);
    expect(await codes(parties.add(principal('agent', { agencyId: 'A02' }), 'C1', guarantor(), null))).toEqual(['not-found']);
  });
});
