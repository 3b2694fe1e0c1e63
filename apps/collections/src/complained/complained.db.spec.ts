import { randomUUID } from 'node:crypto';
import { inTransaction } from '#pg';
import { disclosureRoom } from '../../testing/disclosure-room.ts';
import { casesOf } from '../../testing/recording-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import { HoldService } from '../hold/hold.service.ts';
import { HoldStore } from '../hold/hold.store.ts';
import { ComplainedService } from './complained.service.ts';
import { ComplainedStore } from './complained.store.ts';

let stage: Stage;
let complained: ComplainedService;
const compliance = principal('compliance');

beforeAll(async () => {
  stage = await Stage.open();
  complained = new ComplainedService(stage.source, casesOf(stage), new ComplainedStore());
  await stage.addAgencies(['A1', 'A2']);
  await stage.addCases([
    { caseId: 'C1', debtId: 'L1', debtorId: 'D1', contactPoint: '+8613800000101', agencyId: 'A1' },
    { caseId: 'C2', debtId: 'L2', debtorId: 'D1', contactPoint: '+8613800000102', agencyId: 'A2' },
    { caseId: 'C3', debtId: 'L3', debtorId: 'D3', contactPoint: '+8613800000103' },
  ]);
});
afterAll(() => stage.close());

async function complain(number: string, more: { readonly channel?: string; readonly outcome?: string } = {}): Promise<string> {
  const { disclosures } = disclosureRoom(stage);
  const complaintId = randomUUID();
  const at = '2026-11-20T10:00:00.000Z';
  const decidedAt = more.outcome ? at : null;
  const file = { complaintId, version: 1, number, account: 'C1', receivedAt: at, from: at, decidedAt, outcome: more.outcome ?? null };
  const hold = { complaintId, version: 1, number, account: 'C1', channel: more.channel ?? null, from: at, until: null };
  await inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
    await disclosures.apply(tx, BANK, file);
    await new HoldService(new HoldStore()).apply(tx, BANK, hold);
  });
  return complaintId;
}
async function cause(complaintId: string, number: string, target: string, agencyId: string): Promise<void> {
  const causes = [{ id: randomUUID(), kind: 'collector', target, agencyId, confirmedAt: '2026-11-21T10:00:00.000Z' }];
  await inTransaction(stage.source, { institutionId: BANK }, (tx) =>
    disclosureRoom(stage).disclosures.attribute(tx, BANK, { complaintId, version: 1, number, causes }),
  );
}

it('a case shows the complaints of its debtor, and what each holds', async () => {
  await complain('TS-1', { channel: 'voice' });
  for (const caseId of ['C1', 'C2'])
    expect((await complained.ofCase(compliance, caseId)).items).toMatchObject([
      {
        number: 'TS-1',
        receivedAt: '2026-11-20T18:00:00+08:00',
        closedAt: null,
        heldSince: '2026-11-20T18:00:00+08:00',
        heldUntil: null,
        scope: { channel: 'voice', onePoint: false },
      },
    ]);
  expect((await complained.ofCase(compliance, 'C3')).items).toEqual([]);
  const ofA1 = principal('agent', { agencyId: 'A1' });
  expect((await complained.ofCase(ofA1, 'C1')).items).toHaveLength(1);
  await expect(complained.ofCase(ofA1, 'C2')).rejects.toMatchObject({ kind: { code: 'not-found' } });
});

it('causes are counted by who and what, an agency sees its own alone', async () => {
  for (const [number, target, agency] of [
    ['TS-2', 'c1', 'A1'],
    ['TS-3', 'c1', 'A1'],
    ['TS-4', 'c1', 'A2'],
  ] as const)
    await cause(await complain(number, { outcome: number === 'TS-2' ? 'upheld' : 'not-upheld' }), number, target, agency);
  const { items } = await complained.causes(compliance, { kind: 'collector' });
  expect(items.map(({ target, agencyId, complaints, upheld }) => [target, agencyId, complaints, upheld])).toEqual([
    ['c1', 'A1', 2, 1],
    ['c1', 'A2', 1, 0],
  ]);
  expect(items[0]?.numbers.toSorted()).toEqual(['TS-2', 'TS-3']);
  expect((await complained.causes(principal('agency-supervisor', { agencyId: 'A2' }), { agencyId: 'A1' })).items).toHaveLength(1);
  expect((await complained.causes(compliance, { from: '2026-11-21' })).items).toEqual([]);
  expect((await complained.causes(principal('compliance', { institutionId: 'bank-2' }), {})).items).toEqual([]);
});
