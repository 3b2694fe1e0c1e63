import { inTransaction } from '#pg';
import { GONE, type RetentionRoom } from '#retention';
import { EvidenceRoom } from '../../testing/evidence-room.ts';
import { asker, destroyed, look, retentionAt } from '../../testing/retention-stage.ts';
import { BANK, type Stage } from '../../testing/stage.ts';
import { SEALED_COLUMNS } from '../sealed-columns.ts';
import { retentionKinds } from './retention.ts';

let evidence: EvidenceRoom;
let stage: Stage;
let room: RetentionRoom;

beforeAll(async () => {
  evidence = await EvidenceRoom.open();
  ({ stage } = evidence);
  room = retentionAt(stage);
  await stage.addCases([
    {},
    { caseId: 'C2', debtorId: 'D2', debtId: 'L2', debtorName: '李四', partyName: '李四', contactPoint: '+8613800000002' },
  ]);
  await stage.publish({});
  stage.now = '2026-11-21T15:00:00+08:00';
  for (const caseId of ['C1', 'C2']) await stage.ask(caseId, { channel: 'sms', message: { text: '您的账单已逾期。' } });
  await evidence.seal();
  await evidence.keepKey();
});
afterAll(() => evidence.close());

const endCase = (caseId: string, at: string): Promise<unknown> =>
  stage.sql(`update collection_case set state = 'closed', ended_at = $2 where case_id = $1`, [caseId, at]);

async function keepFile(): Promise<string> {
  const pieces = [Buffer.from('a letter of D1')];
  return inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
    const [upload] = await tx.query<{ id: string }>(
      `insert into upload (institution_id, file_name, bytes, sha256) values ($1, 'f', 1, '') returning id`,
      [BANK],
    );
    await tx.query(`insert into upload_chunk (institution_id, upload, seq, bytes_sealed) values ($1, $2, 0, $3)`, [
      BANK,
      upload?.id,
      stage.vault.seal(pieces[0] ?? '', 'upload'),
    ]);
    await tx.query(
      `insert into proof (institution_id, collection_case, resource, upload, file_name_sealed, media_type, bytes, sha256, added_by, added_at)
       select $1, id, 'case/C1', $2, $3, 'text/plain', 1, '', 'u', now() from collection_case where case_id = 'C1'`,
      [BANK, upload?.id, stage.vault.seal('张三.txt', 'proof.fileName')],
    );
    return upload?.id ?? '';
  });
}

it('says of every sealed column with which kind it goes, or why it stays', () => {
  const said = [...retentionKinds.kinds.flatMap(({ covers }) => covers), ...retentionKinds.forEver.flatMap(({ columns }) => columns)];
  const all = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
  expect([...new Set(said)].toSorted()).toEqual(all.toSorted());
});

it('reads every kind there is', async () => {
  const looked = await look(
    room,
    retentionKinds.kinds.map(({ kind }) => kind),
  );
  expect(looked).toMatchObject({ state: 'done', failure: null });
  expect(looked.found).toHaveLength(retentionKinds.kinds.length);
});

it('a case that ends has its day, and none when it is taken up again', async () => {
  const ended = () => stage.sql<{ at: Date | null }>(`select ended_at as at from collection_case where case_id = 'C2'`);
  await stage.sql(`update collection_case set state = 'paid' where case_id = 'C2'`);
  expect((await ended())[0]?.at).toBeInstanceOf(Date);
  await stage.sql(`update collection_case set state = 'open' where case_id = 'C2'`);
  expect((await ended())[0]?.at).toBeNull();
});

describe('a debtor', () => {
  it('stays while a case is open, and while a complaint is', async () => {
    stage.now = '2032-03-02T12:00:00+08:00';
    expect((await look(room, ['debtor'])).found?.[0]).toMatchObject({ due: 0, running: 0 });
    await endCase('C1', '2027-03-01T10:00:00+08:00');
    await stage.sql(
      `insert into complaint_file (institution_id, complaint_id, version, number, received_at, from_at, debtor, told_at)
       select $1, uuidv7(), 1, 'T1', now(), now(), debtor, now() from collection_case where case_id = 'C1'`,
      [BANK],
    );
    expect((await look(room, ['debtor'])).found?.[0]).toMatchObject({ due: 0, running: 0 });
    await stage.sql(`update complaint_file set closed_at = '2027-02-01T10:00:00+08:00'`);
    expect((await look(room, ['debtor'])).found?.[0]).toMatchObject({ due: 1, running: 0 });
  });

  it('is held by any of its cases, complaints and ids', async () => {
    for (const [scope, value] of [
      ['subject', 'D1'],
      ['case', 'C1'],
      ['complaint', 'T1'],
    ] as const) {
      const { id } = await room.holds.place(asker, { scope, value, reason: 'x' }, null);
      expect((await look(room, ['debtor'])).found?.[0]).toMatchObject({ due: 0, held: 1 });
      await stage.sql('delete from retention_hold where id = $1', [id]);
    }
  });

  it('is gone with files, numbers and keys; who is not over is untouched, and the log stays sound', async () => {
    stage.now = '2032-03-02T12:00:00+08:00';
    const upload = await keepFile();
    const keysBefore = await keysOf('debtor:D1');
    expect(keysBefore).toBe(1);
    const run = await destroyed(room, ['contact', 'decision', 'message', 'debtor']);
    expect(run).toMatchObject({ state: 'done' });
    expect(Object.fromEntries((run.destroyed ?? []).map(({ kind, destroyed: count }) => [kind, count]))).toMatchObject({
      decision: 1,
      debtor: 1,
    });
    expect(await names()).toEqual([
      { id: 'D1', name: GONE },
      { id: 'D2', name: '李四' },
    ]);
    expect(await stage.sql('select from debtor where debtor_id = $1 and id_number_index is not null', ['D1'])).toEqual([]);
    expect(await stage.sql('select from upload_chunk where upload = $1', [upload])).toEqual([]);
    expect(await stage.sql('select from proof')).toEqual([]);
    const numbers = await stage.sql<{ sealed: Buffer }>('select value_sealed as sealed from contact_value');
    expect(numbers.map(({ sealed }) => stage.vault.open(sealed, 'contact.value')).toSorted()).toEqual(['+8613800000002', GONE].toSorted());
    expect([await keysOf('debtor:D1'), await keysOf('debtor:D2')]).toEqual([0, 1]);
    await evidence.seal();
    for (const personal of [undefined, 'readable'] as const) {
      const { exit, findings, summary } = await evidence.verify(await evidence.export(personal ? { personal } : {}));
      expect([exit, findings]).toEqual([0, []]);
      // The decision on D1 cannot be made again without its key; that of D2 can, with it.
      expect(Object.values(summary?.notReplayed ?? {}).reduce((sum, count) => sum + count, 0)).toBe(personal ? 1 : 2);
    }
  });

  it('that comes again has its name again, and is destroyed anew when its time is over once more', async () => {
    await stage.addCases([{ caseId: 'C3', debtId: 'L3' }]);
    expect((await names())[0]).toEqual({ id: 'D1', name: '张三' });
    await endCase('C3', '2033-03-01T10:00:00+08:00');
    stage.now = '2038-03-01T12:00:00+08:00';
    expect((await look(room, ['debtor'])).found?.[0]?.due).toBe(0);
    stage.now = '2038-03-02T12:00:00+08:00';
    expect((await look(room, ['debtor'])).found?.[0]?.due).toBe(1);
  });
});

const keysOf = async (subject: string): Promise<number> =>
  (await stage.sql('select from evidence_subject_key where subject = $1', [subject])).length;
const names = async () =>
  (await stage.sql<{ id: string; sealed: Buffer }>('select debtor_id as id, name_sealed as sealed from debtor order by debtor_id')).map(
    ({ id, sealed }) => ({ id, name: stage.vault.open(sealed, 'debtor.name') }),
  );
