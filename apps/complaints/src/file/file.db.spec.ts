import { inTransaction } from '#pg';
import { Refusal } from '#problem';
import { toCommand } from '../clock/event-command.ts';
import { FileRoom, PDF, PNG } from '../../testing/intake.ts';
import { BANK, handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { ScannerAway, type ScanPort, type ScanResult } from './scan.port.ts';

let stage: Stage;
let room: FileRoom;
let id: string;

beforeAll(async () => {
  stage = await Stage.open();
  room = new FileRoom(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-21T15:00:00+08:00';
  ({ id } = await stage.register());
});

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.kind.code : String(error)),
  );
const kinds = async (complaint: string): Promise<string[]> =>
  (await stage.sql<{ kind: string }>('select kind from timeline where complaint = $1 order by id', [complaint])).map(({ kind }) => kind);

describe('a file of a complaint', () => {
  it('is kept with hash and type, its name and its bytes sealed', async () => {
    const file = await room.add(id, { fileName: '张三的通话截图.pdf' });
    expect(file).toMatchObject({
      complaintId: id,
      kind: 'evidence',
      fileName: '张三的通话截图.pdf',
      mime: 'application/pdf',
      bytes: PDF.length,
      scanState: 'not-scanned',
      hasPreview: true,
      visibleToComplainant: false,
      uploadedBy: 'complaint-handler-1',
      uploadedAt: '2026-11-21T15:00:00+08:00',
    });
    expect(await room.bytes(id, file.id)).toEqual(PDF);
    expect(await room.bytes(id, file.id, 'preview')).toEqual(PDF);
    const rows = await stage.sql<{ text: string }>(
      `select row_to_json(f)::text || (select string_agg(row_to_json(u)::text, '') from upload u) || (select string_agg(data::text, '') from timeline) as text from complaint_file f`,
    );
    expect(rows.map(({ text }) => text).join()).not.toMatch(/张三|截图/);
    await room.uploads.sweep();
    expect(await room.bytes(id, file.id)).toEqual(PDF);
    expect(await kinds(id)).toEqual(['registered', 'file-added']);
    expect(await stage.sql(`select 1 from personal_data_read where fields = array['file ' || $1::text]`, [file.id])).toHaveLength(3);
  });

  it('is what its bytes are, whatever it is called', async () => {
    expect((await room.add(id, { bytes: PNG, fileName: 'x.pdf' })).mime).toBe('image/png');
    const text = await room.add(id, { bytes: Buffer.from('<script>alert(1)</script>'), fileName: 'x.html' });
    // Shown as text, and text runs nothing.
    expect([text.mime, text.hasPreview]).toEqual(['text/plain', true]);
    expect((await room.add(id, { bytes: Buffer.from('b1a8b8e6', 'hex'), fileName: 'gb.txt' })).mime).toBe('text/plain');
    const before = await stage.sql('select from upload');
    expect(await codeOf(room.add(id, { bytes: Buffer.from('4d5a900003000000', 'hex'), fileName: '证据.pdf' }))).toBe(
      'unsupported-media-type',
    );
    expect(await codeOf(room.add(id, { fields: { kind: 'gossip', visibleToComplainant: 'perhaps' } }))).toBe('invalid');
    expect(await stage.sql('select from upload')).toHaveLength(before.length);
    const sound = await room.add(id, { bytes: Buffer.from(`fffb9064${'00'.repeat(500)}`, 'hex'), fileName: 'call.mp3' });
    expect([sound.mime, sound.hasPreview, await codeOf(room.bytes(id, sound.id, 'preview'))]).toEqual(['audio/mpeg', false, 'no-preview']);
  });

  it('the same key is the same file, also at once', async () => {
    const all = await Promise.all([1, 2, 3].map(() => room.add(id, { key: 'F1' })));
    expect(new Set(all.map((file) => file.id)).size).toBe(1);
    expect(await codeOf(room.add(id, { key: 'F1', bytes: PNG }))).toBe('idempotency-key-reused');
    expect((await room.desk.list(handler, id, 'r')).items).toHaveLength(1);
    await stage.sql(`update upload set created_at = created_at - interval '2 days'`);
    await room.uploads.sweep();
    expect(await stage.sql('select from upload u where not exists (select from complaint_file f where f.upload = u.id)')).toEqual([]);
  });

  it('belongs to the institution, and to those who work on the complaint', async () => {
    const file = await room.add(id, { fileName: '张三 13800000001.pdf' });
    const stranger = principal('complaint-handler', { institutionId: 'bank-2' });
    expect(await codeOf(room.bytes(id, file.id, 'download', stranger))).toBe('not-found');
    expect(await codeOf(room.add(id, { by: stranger }))).toBe('not-found');
    const other = await stage.register();
    expect(await codeOf(room.bytes(other.id, file.id))).toBe('not-found');
    const masked = await room.desk.list(principal('compliance'), id, 'r');
    expect(masked.masked).toBe(true);
    expect(masked.items[0]?.fileName).not.toMatch(/张三|13800000001/);
    const about = await stage.register({ against: { staffId: handler.subject } });
    expect(await codeOf(room.add(about.id))).toBe('recused');
  });

  it('is shown to the complainant when somebody says so, and said again changes nothing', async () => {
    const file = await room.add(id);
    const path = { id, fileId: file.id };
    for (const visibleToComplainant of [true, true, false]) await room.desk.show(handler, path, { visibleToComplainant }, 'r');
    expect((await kinds(id)).filter((kind) => kind === 'file-shown')).toHaveLength(2);
  });

  it('is not removed while the law asks for it', async () => {
    const file = await room.add(id);
    const remove = () => room.desk.remove(supervisor, { id, fileId: file.id }, { reason: '保存期满' }, 'r');
    expect(await codeOf(remove())).toBe('kept-by-law');
    await stage.record(id, toCommand.withdrawal({ evidence: '书面' }));
    expect(await codeOf(remove())).toBe('kept-by-law');
    stage.now = '2031-11-21T23:59:59+08:00';
    expect(await codeOf(remove())).toBe('kept-by-law');
    await expect(stage.sql('delete from upload')).rejects.toThrow('complaint_file_upload_fkey');
    stage.now = '2031-11-22T00:00:00+08:00';
    const gone = await Promise.all([remove(), remove()]);
    expect(gone.map(({ removedAt, sha256 }) => [removedAt, sha256])).toEqual([1, 2].map(() => ['2031-11-22T00:00:00+08:00', file.sha256]));
    expect(await codeOf(room.bytes(id, file.id))).toBe('file-removed');
    expect((await kinds(id)).filter((kind) => kind === 'file-removed')).toHaveLength(1);
  });
});

describe('with a scanner', () => {
  let result: ScanResult | 'away' = { state: 'clean' };
  let looked = 0;
  const scanner: ScanPort = {
    isSetUp: true,
    scan: async (bytes) => {
      for await (const _piece of bytes);
      looked += 1;
      if (result === 'away') throw new ScannerAway('away');
      return result;
    },
  };
  let scanned: FileRoom;
  beforeAll(() => (scanned = new FileRoom(stage, scanner)));
  beforeEach(() => {
    result = { state: 'clean' };
    looked = 0;
  });

  it('nobody gets a file before it has looked', async () => {
    const file = await scanned.add(id);
    expect([file.scanState, file.hasPreview, await codeOf(scanned.bytes(id, file.id))]).toEqual(['waiting', false, 'file-not-scanned-yet']);
    expect(
      await stage.sql(`select 1 from outbox where topic = 'complaint.file-scan' and payload ->> 'fileId' = $1`, [file.id]),
    ).toHaveLength(1);
    result = 'away';
    await expect(scanned.scan(file.id)).rejects.toThrow(ScannerAway);
    result = { state: 'clean' };
    await Promise.all([1, 2, 3].map(() => scanned.scan(file.id)));
    expect(await scanned.bytes(id, file.id, 'preview')).toEqual(PDF);
    const before = looked;
    await scanned.scan(file.id);
    expect(looked).toBe(before);
  });

  it('what it finds is given to nobody, and the complaint says so once', async () => {
    const file = await scanned.add(id, { fields: { kind: 'evidence', visibleToComplainant: 'true' } });
    result = { state: 'infected', finding: 'Eicar-Test-Signature' };
    await Promise.all([scanned.scan(file.id), scanned.scan(file.id)]);
    for (const how of ['preview', 'download'] as const) expect(await codeOf(scanned.bytes(id, file.id, how))).toBe('file-quarantined');
    expect((await kinds(id)).filter((kind) => kind === 'file-quarantined')).toHaveLength(1);
    expect((await scanned.desk.list(handler, id, 'r')).items[0]).toMatchObject({
      scanState: 'infected',
      scanFinding: 'Eicar-Test-Signature',
    });
  });

  it('what came before there was one is looked at as well', async () => {
    const file = await room.add(id);
    await stage.sql('delete from outbox');
    await stage.sql(`update complaint_file set uploaded_at = clock_timestamp() - interval '5 minutes' where id = $1`, [file.id]);
    await inTransaction(stage.source, { institutionId: '*' }, (tx) => scanned.scans.wake(tx, 60_000));
    const due = await stage.sql<{ fileId: string }>(`select payload ->> 'fileId' as "fileId" from outbox where institution_id = $1`, [
      BANK,
    ]);
    expect(due.map(({ fileId }) => fileId)).toContain(file.id);
    await scanned.scan(file.id);
    expect((await scanned.desk.list(handler, id, 'r')).items[0]?.scanState).toBe('clean');
  });
});
