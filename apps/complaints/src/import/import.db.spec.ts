import { readFile } from 'node:fs/promises';
import { inTransaction } from '#pg';
import type { BatchOutcome, ImportKind, ImportRecord } from '#imports';
import { bufferSource, readTable } from '#tabular';
import { BANK, handler, Stage } from '../../testing/stage.ts';
import { CfpbKind } from './cfpb.kind.ts';
import { ComplaintsKind } from './complaints.kind.ts';
import { FileRegistration } from './file-registration.ts';

let stage: Stage;
let complaints: ComplaintsKind;
let cfpb: CfpbKind;

beforeAll(async () => {
  stage = await Stage.open();
  stage.now = '2026-11-21T15:00:00+08:00';
  const registration = new FileRegistration(stage.registrations, stage.reading, stage.vault);
  [complaints, cfpb] = [new ComplaintsKind(registration), new CfpbKind(registration)];
});
afterAll(() => stage.close());

async function load(kind: ImportKind, text: string): Promise<BatchOutcome> {
  const bytes = Buffer.from(text);
  const source = bufferSource(bytes);
  const record = { institutionId: BANK, requestedBy: 'core' } as ImportRecord;
  const total = { inserted: 0, updated: 0, unchanged: 0, faults: [] as BatchOutcome['faults'] };
  for await (const batch of readTable(source, kind.columns)) {
    expect(batch.errors).toEqual([]);
    const { inserted, unchanged, faults } = await inTransaction(stage.source, { institutionId: BANK }, (tx) =>
      kind.storeBatch(tx, record, batch),
    );
    total.inserted += inserted;
    total.unchanged += unchanged;
    total.faults = [...total.faults, ...faults];
  }
  return total;
}

const faultsOf = ({ faults }: BatchOutcome) => faults.map(({ row, column, code }) => [row, column, code]);
const viewOf = async (externalRef: string) => {
  const [row] = await stage.sql<{ id: string }>('select id from complaint where external_ref = $1', [externalRef]);
  return stage.complaints.find(handler, row?.id ?? '', 'r');
};

describe('who complains', () => {
  const header =
    'externalRef,channel,receivedAt,complainantName,complainantContact,proxyName,subject,narrative,requests,groupSize,complainantKind,representatives,representativeCount,regulator,regulatorReference,forwardedOn';
  const line = (ref: string, more: Readonly<Record<string, string>> = {}): string => {
    const cells: Record<string, string> = {
      externalRef: ref,
      channel: 'phone',
      receivedAt: '2026-11-01T09:00:00+08:00',
      complainantName: '张三',
      complainantContact: '+8613800000001',
      subject: '年费争议',
      narrative: '次年仍扣',
      requests: '退还年费',
      ...more,
    };
    return header
      .split(',')
      .map((column) => cells[column] ?? '')
      .join(',');
  };
  const regulator = { regulator: 'PBOC', regulatorReference: 'PB-7', forwardedOn: '2026-10-30' };
  const speakers = { groupSize: '7', representatives: '王一;王二', representativeCount: '2' };
  const rows = [
    line('K-1', { complainantKind: 'anonymous', complainantName: '', complainantContact: '' }),
    line('K-2', { complainantKind: 'heirs', representatives: '张小：女儿' }),
    line('K-3', speakers),
    line('K-4', regulator),
    line('K-5', { ...regulator, forwardedOn: '2026-10-29' }),
    line('K-6', { groupSize: '9', representatives: '一;二;三;四;五;六' }),
    line('K-7', { ...speakers, representativeCount: '3' }),
    line('K-8', { complainantKind: 'heirs', representatives: '张小' }),
    line('K-9', { regulator: 'nfra' }),
    line('K-10', { complainantKind: 'proxy' }),
    line('K-11', { complainantName: '' }),
  ];
  const file = [header, ...rows].join('\n');

  it('is said by columns of its own, with the article where the rules refuse, and the same file again changes nothing', async () => {
    const first = await load(complaints, file);
    const faults = { ...first, faults: first.faults.toSorted((one, other) => one.row - other.row) };
    expect([first.inserted, faultsOf(faults)]).toEqual([
      4,
      [
        [6, 'regulatorReference', 'regulator-reference-known'],
        [7, 'representatives', 'intake'],
        [8, 'representativeCount', 'count-differs'],
        [9, 'representatives', 'intake'],
        [10, 'regulatorReference', 'required'],
        [11, 'proxyName', 'intake'],
        [12, 'complainantName', 'required'],
      ],
    ]);
    expect(first.faults.find(({ row }) => row === 7)?.detail).toMatch(/5 at most \(CMP20 12\)$/);
    const kept = await stage.sql(
      `select c.external_ref as ref, i.kind, i.people_count as people, i.regulator, c.pack from complaint_intake i join complaint c on c.id = i.complaint order by c.external_ref`,
    );
    expect(kept).toEqual([
      { ref: 'K-1', kind: 'anonymous', people: 0, regulator: null, pack: 'cn-banking-2020' },
      { ref: 'K-2', kind: 'heirs', people: 1, regulator: null, pack: 'cn-banking-2020' },
      { ref: 'K-3', kind: 'group', people: 2, regulator: null, pack: 'cn-banking-2020' },
      { ref: 'K-4', kind: 'self', people: 0, regulator: 'pboc', pack: 'cn-pboc-2020' },
    ]);
    const again = await load(complaints, file);
    expect([again.inserted, again.unchanged, again.faults.length]).toEqual([0, 4, 7]);
  });
});

describe('complaints', () => {
  const header =
    'externalRef,channel,receivedAt,complainantName,complainantContact,subject,narrative,requests,category,account,agencyId,staffId,handler,groupSize,declaredComplexAt,decidedAt,outcome,toldAt,noticeForm,withdrawnAt';
  const line = (ref: string, more: Readonly<Record<string, string>> = {}): string => {
    const cells: Record<string, string> = {
      externalRef: ref,
      channel: 'phone',
      receivedAt: '2026-11-01T09:00:00+08:00',
      complainantName: '张三',
      complainantContact: '+8613800000001',
      subject: '年费争议',
      narrative: '"开卡时说免年费,\n次年仍扣"',
      requests: '退还年费;道歉',
      ...more,
    };
    return header
      .split(',')
      .map((name) => cells[name] ?? '')
      .join(',');
  };
  const file = (...lines: readonly string[]): string => [header, ...lines].join('\n');

  it('go in with what has happened to them, and twice changes nothing', async () => {
    const text = file(
      line('A1'),
      line('A2', { decidedAt: '2026-11-05T09:00:00+08:00', outcome: 'upheld', toldAt: '2026-11-06T09:00:00+08:00', noticeForm: 'sms' }),
      line('A3', { declaredComplexAt: '2026-11-10T09:00:00+08:00' }),
      line('A4', { withdrawnAt: '2026-11-10T09:00:00+08:00', groupSize: '23' }),
      line('A5', { category: 'collection', account: 'C1', agencyId: 'agency-a' }),
      line('A6', { category: 'collection', account: 'C1', decidedAt: '2026-11-05T09:00:00+08:00' }),
      line('A1'),
    );
    expect(await load(complaints, text)).toMatchObject({ inserted: 6, unchanged: 1, faults: [] });
    expect(await load(complaints, text)).toMatchObject({ inserted: 0, unchanged: 7, faults: [] });
    expect(await viewOf('A1')).toMatchObject({
      source: 'import',
      registeredBy: 'core',
      narrative: '开卡时说免年费,\n次年仍扣',
      requests: ['退还年费', '道歉'],
      state: 'missed',
      dueBucket: 'overdue',
    });
    expect(await viewOf('A2')).toMatchObject({ state: 'met', toldAt: '2026-11-06T09:00:00+08:00', closedAt: '2026-11-06T09:00:00+08:00' });
    expect((await viewOf('A3')).clock).toMatchObject({ state: 'running', termId: 'decide-complex', dueOn: '2026-12-01' });
    expect(await viewOf('A4')).toMatchObject({ state: 'withdrawn', groupSize: 23 });
    expect((await viewOf('A5')).hold).toEqual({ state: 'requested', scope: { agencyId: 'agency-a', collectorId: null } });
    expect((await viewOf('A6')).hold.state).toBe('none');
    const { items } = await stage.complaints.timeline(handler, (await viewOf('A2')).id, {}, { requestId: 'r', language: 'en' });
    expect(items.map(({ kind, data }) => [kind, data.type])).toEqual([
      ['imported', undefined],
      ['clock-event', 'decided'],
      ['clock-event', 'told'],
    ]);
    expect(items[1]?.data).toMatchObject({ outcome: 'upheld' });
  });

  it('the sample of the documentation goes in whole', async () => {
    const text = await readFile('docs/samples/complaints.csv', 'utf8');
    const rows = text.trimEnd().split('\n').length - 1;
    expect(rows).toBeGreaterThan(15);
    expect(await load(complaints, text)).toMatchObject({ inserted: rows, faults: [] });
  });

  it('a known one with other content is a fault, and so is what the rules or the contract do not allow', async () => {
    const outcome = await load(
      complaints,
      file(
        line('A1', { subject: '别的' }),
        line('B1', { receivedAt: '2026-11-01' }),
        line('B2', { receivedAt: '2026-11-22T09:00:00+08:00' }),
        line('B3', { toldAt: '2026-11-06T09:00:00+08:00' }),
        line('B4', { declaredComplexAt: '2026-11-20T09:00:00+08:00' }),
        line('B5', { groupSize: '0' }),
        line('B6', { outcome: 'great' }),
        line('', {}),
        line('B7', { channel: 'x'.repeat(65) }),
        line('B8'),
        line('B9', { staffId: 'staff-9', handler: 'staff-9' }),
      ),
    );
    expect(outcome.inserted).toBe(1);
    expect(faultsOf(outcome)).toEqual([
      [3, 'receivedAt', 'instant'],
      [7, 'groupSize', 'number'],
      [8, 'outcome', 'unknown-value'],
      [9, 'externalRef', 'required'],
      [10, 'channel', 'too-long'],
      [12, 'handler', 'recused'],
      [2, 'externalRef', 'conflict'],
      [4, 'receivedAt', 'in-future'],
      [5, 'toldAt', 'not-decided'],
      [6, 'declaredComplexAt', 'term-already-over'],
    ]);
  });
});

describe('the file of the CFPB', () => {
  const header =
    'Complaint ID,Product,Sub-product,Issue,Sub-issue,State,ZIP code,Submitted via,Date received,Date sent to company,Company,Company response,Timely response?,Consumer disputed?';
  const rows = [
    '9000001,Debt collection,"Other (phone, club, etc.)",Communication tactics,Repeated calls,FL,00001,Web,07/04/2015,07/06/2015,"Made Up, Inc.",Closed with explanation,Yes,',
    '9000002,Credit card,,Billing disputes,,,,Postal mail,01/15/2015,01/16/2015,Made Up Bank,In progress,Yes,Yes',
    "9000003,Debt collection,,Cont'd attempts collect debt not owed,Debt is not mine,TX,00002,Fax,03/08/2015,03/09/2015,Made Up Bank,Untimely response,No,",
    '9000004,Debt collection,Medical,Other,,CA,00003,Referral,03/09/2015,03/09/2015,Made Up Bank,Closed,No,',
  ];

  it('goes in whole, in the zone of the Bureau, and twice changes nothing', async () => {
    const text = [header, ...rows, ''].join('\r\n');
    expect(await load(cfpb, text)).toMatchObject({ inserted: 4, unchanged: 0, faults: [] });
    expect(await load(cfpb, text)).toMatchObject({ inserted: 0, unchanged: 4, faults: [] });
    const [first, second, third, fourth] = await Promise.all([1, 2, 3, 4].map((n) => viewOf(`CFPB-900000${n}`)));
    expect(first).toMatchObject({
      channel: 'web',
      category: 'collection',
      pack: 'us-cfpb',
      receivedAt: '2015-07-06T00:00:00-04:00',
      timeZone: 'America/New_York',
      complainant: { name: '(not published)', contact: null },
      subject: 'Repeated calls',
      narrative: expect.stringContaining('State: FL'),
      state: 'met',
      dueBucket: 'closed',
      decidedAt: null,
      toldAt: null,
    });
    expect(second).toMatchObject({
      channel: 'postal-mail',
      category: 'credit-card',
      subject: 'Billing disputes',
      receivedAt: '2015-01-16T00:00:00-05:00',
      dueBucket: 'overdue',
    });
    expect([third?.state, third?.dueBucket, fourth?.state, fourth?.dueBucket]).toEqual(['missed', 'closed', 'missed', 'closed']);
  });

  it('names what is no such row', async () => {
    const [row = ''] = rows;
    const bad = [
      row.replace('9000001', 'abc'),
      row.replace('9000001', '9000009').replace('07/04/2015', '2015-07-04'),
      row.replace('9000001', '9000010').replace('07/04/2015', '02/30/2015'),
      row.replace('9000001', '9000011').replace('Closed with explanation', 'Lost'),
      row.replace('9000001', '9000012').replace('Yes', 'Maybe'),
      row.replace('Repeated calls', 'Other calls'),
    ];
    expect(faultsOf(await load(cfpb, [header, ...bad].join('\n')))).toEqual([
      [2, 'Complaint ID', 'number'],
      [3, 'Date received', 'date'],
      [4, 'Date received', 'date'],
      [5, 'Company response', 'unknown-value'],
      [6, 'Timely response?', 'unknown-value'],
      [7, 'externalRef', 'conflict'],
    ]);
  });
});
