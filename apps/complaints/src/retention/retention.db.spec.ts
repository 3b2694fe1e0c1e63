import { readPublicKeys } from '#evidence';
import { Verifier, type Finding } from '#evidence-check';
import { EvidenceService, Sealer } from '#evidence-log';
import { GONE, retentionRoomOf, type RetentionRoom } from '#retention';
import { BANK, handler, principal, Stage } from '../../testing/stage.ts';
import { SEALED_COLUMNS } from '../sealed-columns.ts';
import { retentionKinds } from './retention.ts';

const asker = principal('compliance', { subject: 'asker' });
const approver = principal('compliance', { subject: 'approver' });
const ALL = retentionKinds.kinds.map(({ kind }) => kind);

let stage: Stage;
let room: RetentionRoom;

beforeAll(async () => {
  stage = await Stage.open();
  const { source, clock, vault } = stage;
  room = retentionRoomOf({ database: source, clock, vault, config: { retentionTimeZone: 'Asia/Shanghai' } }, retentionKinds);
});
afterAll(() => stage.close());

async function look(kinds: readonly string[]) {
  const { id } = await room.runs.create(asker, { mode: 'dry-run', kinds: [...kinds] }, null);
  await room.runner.run(BANK, id);
  return room.runs.find(asker, id);
}

async function destroyed(kinds: readonly string[]) {
  const looked = await look(kinds);
  const { id } = await room.runs.create(asker, { mode: 'destroy', dryRun: looked.id }, null);
  await room.runs.decide(approver, id, { decision: 'approve', listRoot: looked.listRoot }, null);
  await room.runner.run(BANK, id);
  return room.runs.find(asker, id);
}

async function file(bytes: string): Promise<string> {
  const [upload] = await stage.sql<{ id: string }>(
    `with u as (insert into upload (institution_id, file_name, bytes, sha256) values ($1, 'f', 1, '') returning id),
       c as (insert into upload_chunk (institution_id, upload, seq, bytes_sealed) select $1, id, 0, $2 from u) select id from u`,
    [BANK, stage.vault.seal(bytes, 'upload')],
  );
  return upload?.id ?? '';
}

async function findings(): Promise<Finding[]> {
  const service = new EvidenceService(stage.source, stage.vault, 'complaints');
  await new Sealer(stage.source, { evidenceKeyDays: 365 }, 'complaints', stage.vault).sealAll();
  const keys = readPublicKeys((await service.publicKeys(asker)).items.map(({ publicKey }) => publicKey).join('\n'));
  const found: Finding[] = [];
  const verifier = new Verifier({ keys, earlier: null, lateMs: 3_600_000, found: (finding) => void found.push(finding) });
  let text = '';
  for await (const piece of (await service.export(asker, { personal: 'readable' }, 'r')).lines) text += piece;
  for (const line of text.trimEnd().split('\n')) verifier.line(line);
  verifier.end();
  return found;
}

it('says of every sealed column with which kind it goes, or why it stays', () => {
  const said = [...retentionKinds.kinds.flatMap(({ covers }) => covers), ...retentionKinds.forEver.flatMap(({ columns }) => columns)];
  expect([...new Set(said)].toSorted()).toEqual(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).toSorted());
});

it('reads every kind there is, and empties every column that it says', async () => {
  expect(await look(ALL)).toMatchObject({ state: 'done', failure: null });
  // Of nothing, for the statements alone.
  for (const kind of retentionKinds.kinds)
    await stage.inEvery((tx) => kind.destroy(tx, { institutionId: BANK, ids: [], vault: stage.vault }));
});

describe('a complaint', () => {
  it('keeps its number, clocks and outcome; whose it was and what was said is gone, and the log stays sound', async () => {
    const [{ id }, other] = [await stage.register(), await stage.register()];
    stage.now = '2026-11-22T15:00:00+08:00';
    await stage.decide(id);
    stage.now = '2026-11-23T15:00:00+08:00';
    await stage.tell(id);
    const upload = await file('receipt');
    await stage.sql(
      `insert into complaint_file (institution_id, complaint, kind, file_name_sealed, mime, bytes, sha256, upload, scan_state, visible_to_complainant, uploaded_by, uploaded_at)
       values ($1, $2, 'evidence', $3, 'text/plain', 1, '', $4, 'clean', false, 'u', now())`,
      [BANK, id, stage.vault.seal('张三.txt', 'complaint_file.fileName'), upload],
    );
    stage.now = '2031-11-23T23:00:00+08:00';
    expect((await look(['complaint'])).found?.[0]).toMatchObject({ due: 0, running: 1 });
    stage.now = '2031-11-24T00:00:00+08:00';
    const run = await destroyed(ALL.filter((kind) => kind.startsWith('complaint')));
    expect(run).toMatchObject({ state: 'done' });
    expect(Object.fromEntries((run.destroyed ?? []).map(({ kind, destroyed: count }) => [kind, count]))).toMatchObject({
      complaint: 1,
      'complaint-file': 1,
    });
    const view = await stage.complaints.find(handler, id, 'r');
    expect(view).toMatchObject({ narrative: GONE, subject: GONE, requests: [] });
    expect(JSON.stringify(view)).not.toMatch(/13800000001|深夜|属实/);
    expect(JSON.stringify(await stage.complaints.find(handler, other.id, 'r'))).toMatch(/深夜/);
    expect(await stage.sql('select from upload_chunk where upload = $1', [upload])).toEqual([]);
    expect(await stage.sql('select from complaint_search where complaint = $1', [id])).toEqual([]);
    expect(await stage.sql('select from evidence_subject_key where subject = $1', [`complaint:${id}`])).toEqual([]);
    expect(await findings()).toEqual([]);
    expect((await look(['complaint'])).found?.[0]?.due).toBe(0);
  });

  it('is held by its number', async () => {
    const { id, number } = await stage.register();
    await stage.decide(id);
    await stage.tell(id);
    stage.now = '2040-01-01T00:00:00+08:00';
    expect((await look(['complaint'])).found?.[0]?.due).toBe(1);
    await room.holds.place(asker, { scope: 'complaint', value: number, reason: '诉讼' }, null);
    expect((await look(['complaint'])).found?.[0]).toMatchObject({ due: 0, held: 1 });
    await stage.sql('delete from retention_hold');
  });
});

describe('a signed report', () => {
  const report = async (): Promise<string> => {
    const upload = await file('figures');
    const [made] = await stage.sql<{ id: string }>(
      `insert into report (institution_id, kind, period_from, period_to, formats, origin, requested_by, state, finished_at)
       values ($1, 'complaint-timeliness', '2026-01-01', '2026-01-31', '{pdf}', 'request', 'u', 'done', '2026-02-01') returning id`,
      [BANK],
    );
    await stage.sql(
      `insert into report_file (institution_id, report, place, name, format, upload, bytes, sha256) values ($1, $2, 0, 'r.pdf', 'pdf', $3, 1, '')`,
      [BANK, made?.id, upload],
    );
    await stage.sql(
      `insert into report_figure (institution_id, report, place, id, label, unit, value, trace) values ($1, $2, 0, 'f', '{}', '{}', 1, '{}')`,
      [BANK, made?.id],
    );
    await stage.sql(`update report set state = 'signed', signed_by = 's', signed_at = '2026-02-02' where id = $1`, [made?.id]);
    return made?.id ?? '';
  };

  it('goes whole when its time is over, and to nobody else', async () => {
    const id = await report();
    stage.now = '2031-02-03T12:00:00+08:00';
    await expect(stage.sql('delete from report where id = $1', [id])).rejects.toThrow('a signed report does not change');
    await expect(
      stage.sql('delete from upload_chunk where upload in (select upload from report_file where report = $1)', [id]),
    ).rejects.toThrow('the bytes of a signed report do not change');
    const run = await destroyed(['report-signed']);
    expect(run.destroyed).toEqual([{ kind: 'report-signed', destroyed: 1, changed: 0, held: 0, kept: 0 }]);
    for (const table of ['report', 'report_file', 'report_figure']) expect(await stage.sql(`select from ${table}`)).toEqual([]);
    const chunks = await stage.sql<{ sealed: Buffer }>('select bytes_sealed as sealed from upload_chunk');
    expect(chunks.map(({ sealed }) => stage.vault.openBytes(sealed, 'upload').toString())).not.toContain('figures');
    const later = await report();
    await expect(stage.sql('delete from report where id = $1', [later])).rejects.toThrow('a signed report does not change');
  });
});
