import { createHash } from 'node:crypto';
import type { Principal } from '#auth';
import { hashOf } from '#idempotency';
import { inTransaction } from '#pg';
import { recordingRoom, wav } from '../../testing/recording-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';
import type { RecordingView } from './recording.dto.ts';

let stage: Stage;
let room: ReturnType<typeof recordingRoom>;
const agent = principal('agent');
const compliance = principal('compliance');
const START = '2026-11-21T15:00:00+08:00';

beforeAll(async () => {
  stage = await Stage.open();
  room = recordingRoom(stage);
  await stage.addAgencies(['A1', 'A2']);
  await stage.addCases(
    ['C1', 'C2', 'C3', 'C4'].map((caseId, n) => ({ caseId, debtorId: `D${n}`, contactPoint: `+861380000000${n}`, agencyId: null })),
  );
  await stage.addCases([{ caseId: 'CA', debtorId: 'DA', contactPoint: '+8613800000009', agencyId: 'A1' }]);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = START;
});

async function upload(
  bytes: Buffer,
  subject: { attemptId?: string; caseId?: string; recordedAt?: string },
  by = agent,
  key: string | null = null,
) {
  const stored = await stage.uploads.keep(BANK, 'call.wav', [bytes]);
  return room.recordings.take(by, subject, stored, key);
}
const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? String(error),
  );
const uploadsLeft = async (): Promise<number> => Number((await stage.sql<{ n: string }>('select count(*) as n from upload'))[0]?.n);
async function heard(id: string, by: Principal = compliance, [from, to]: [number, number] = [0, Number.MAX_SAFE_INTEGER]): Promise<Buffer> {
  const { open, bytes } = await room.listening.open(by, id, 'r');
  const parts: Buffer[] = [];
  for await (const part of open(from, Math.min(to, bytes - 1))) parts.push(part);
  return Buffer.concat(parts);
}

describe('a recording', () => {
  it('is kept sealed, for five years, and is what was sent', async () => {
    const { id: attemptId } = await stage.ask('C1');
    const bytes = wav(400);
    const made = await upload(bytes, { attemptId });
    expect(made).toMatchObject({
      caseId: 'C1',
      attemptId,
      kind: 'voice',
      mediaType: 'audio/wav',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      keptHere: true,
      keepUntil: '2031-11-21',
      keptFor: 'term',
      mayListen: true,
    });
    expect((await heard(made.id)).equals(bytes)).toBe(true);
    // Across the pieces that it is kept in.
    expect((await heard(made.id, compliance, [1_048_000, 1_050_000])).equals(bytes.subarray(1_048_000, 1_050_001))).toBe(true);
    const sealed = await stage.sql<{ bytes: Buffer }>('select bytes_sealed as bytes from upload_chunk limit 1');
    expect(sealed[0]?.bytes.includes(bytes.subarray(0, 44))).toBe(false);
  });

  it('is what its bytes say, whatever its name', async () => {
    const before = await uploadsLeft();
    expect(await codeOf(upload(Buffer.from('<html><script>alert(1)</script>'), { caseId: 'C1' }))).toBe('not-a-recording');
    expect(await codeOf(upload(Buffer.from('%PDF-1.7 ...'), { caseId: 'C1' }))).toBe('not-a-recording');
    expect(await uploadsLeft()).toBe(before);
  });

  it('is kept once, however often and at once it is sent', async () => {
    const { id: attemptId } = await stage.ask('C2');
    const all = await Promise.all(Array.from({ length: 6 }, () => upload(wav(2), { attemptId })));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    const keyed = await Promise.all([1, 2, 3].map(() => upload(wav(3), { caseId: 'C2' }, agent, 'key-1')));
    expect(new Set(keyed.map(({ id }) => id)).size).toBe(1);
    expect(await codeOf(upload(wav(4), { caseId: 'C2' }, agent, 'key-1'))).toBe('idempotency-key-reused');
    expect((await room.listening.list(compliance, 'C2', {})).items).toHaveLength(2);
  });

  it('may be kept elsewhere, with its hash', async () => {
    const request = { caseId: 'C1', uri: 'https://recordings.bank.example/7.wav', sha256: 'ab'.repeat(32) };
    const made = await room.recordings.refer(agent, request, { key: 'ref-1', hash: hashOf('x', request) });
    expect(await room.recordings.refer(agent, request, { key: 'ref-1', hash: hashOf('x', request) })).toEqual(made);
    expect(made).toMatchObject({ keptHere: false, uri: request.uri, bytes: null, mayListen: false });
    expect(await codeOf(room.listening.open(compliance, made.id, 'r'))).toBe('recording-kept-elsewhere');
    expect(await codeOf(room.recordings.refer(agent, { ...request, uri: 'javascript:alert(1)' }, null))).toBe('invalid');
    const [row] = await stage.sql<{ sealed: Buffer }>(`select uri_sealed as sealed from recording where id = '${made.id}'`);
    expect(row?.sealed.includes('recordings.bank')).toBe(false);
  });

  it('is of a contact that was permitted, in the past', async () => {
    stage.now = '2026-11-21T23:00:00+08:00';
    const refused = await stage.ask('C3');
    expect(refused.verdict).toBe('refused');
    expect(await codeOf(upload(wav(), { attemptId: refused.id }))).toBe('invalid');
    expect(await codeOf(upload(wav(), { caseId: 'C3', recordedAt: '2026-11-22T09:00:00+08:00' }))).toBe('invalid');
    expect(await codeOf(upload(wav(), { caseId: 'nothing' }))).toBe('not-found');
    expect(await codeOf(upload(wav(), {}))).toBe('invalid');
  });

  it('is heard by those who may, and each hearing is recorded', async () => {
    const made = await upload(wav(5), { caseId: 'C3' });
    await heard(made.id);
    await heard(made.id, agent);
    expect(await codeOf(heard(made.id, principal('agent', { subject: 'agent-2' })))).toBe('forbidden');
    const reads = await stage.sql(`select subject, resource from personal_data_read where '${made.id}' = any(resource_ids) order by id`);
    expect(reads).toEqual([
      { subject: 'compliance-1', resource: 'recording' },
      { subject: 'agent-1', resource: 'recording' },
    ]);
  });

  it('of an agency is not there for another', async () => {
    const own = principal('agency-supervisor', { agencyId: 'A1' });
    const other = principal('agency-supervisor', { agencyId: 'A2' });
    const { id } = await upload(wav(6), { caseId: 'CA' }, own);
    expect(await codeOf(room.listening.find(own, id))).toBe('done');
    expect(await codeOf(room.listening.find(other, id))).toBe('not-found');
    expect(await codeOf(heard(id, other))).toBe('not-found');
    expect(await codeOf(room.listening.list(other, 'CA', {}))).toBe('not-found');
    // The bank’s own are the bank’s.
    const bank = await upload(wav(7), { caseId: 'CA' });
    expect((await room.listening.list(own, 'CA', {})).items.map((one) => one.id)).toEqual([id]);
    expect((await room.listening.list(compliance, 'CA', {})).items.map((one) => one.id)).toEqual([bank.id, id]);
    expect(await codeOf(room.listening.find(principal('compliance', { institutionId: 'bank-2' }), id))).toBe('not-found');
  });
});

describe('the term', () => {
  it('is two years at least, and a longer one reaches what is kept already', async () => {
    const made = await upload(wav(8), { caseId: 'C4' });
    expect(await codeOf(room.keeping.setTerm(compliance, { kind: 'voice', keepYears: 1 }))).toBe('invalid');
    await room.keeping.setTerm(compliance, { kind: 'voice', keepYears: 7 });
    expect(await room.listening.find(compliance, made.id)).toMatchObject({ keepUntil: '2033-11-21' });
    await room.keeping.setTerm(compliance, { kind: 'voice', keepYears: 2 });
    expect(await room.listening.find(compliance, made.id)).toMatchObject({ keepUntil: '2033-11-21' });
    expect(await upload(wav(9), { caseId: 'C4' })).toMatchObject({ keepUntil: '2028-11-21' });
    expect((await room.keeping.terms(compliance)).items).toMatchObject([
      { kind: 'voice', keepYears: 2, setBy: 'compliance-1' },
      { kind: 'visit', keepYears: 5, setBy: null },
    ]);
  });

  it('of PostgreSQL and of the rules end on the same day, also for leap days', async () => {
    stage.now = '2028-02-29T12:00:00+08:00';
    const made = await upload(wav(10), { caseId: 'C4' });
    expect(made.keepUntil).toBe('2030-02-28');
    await room.keeping.setTerm(compliance, { kind: 'voice', keepYears: 3 });
    expect(await room.listening.find(compliance, made.id)).toMatchObject({ keepUntil: '2031-02-28' });
    await room.keeping.setTerm(compliance, { kind: 'voice', keepYears: 2 });
  });
});

describe('what nothing keeps any more', () => {
  let made: Record<'free' | 'held' | 'bound' | 'referred', RecordingView>;

  beforeAll(async () => {
    stage.now = '2026-01-05T10:00:00+08:00';
    await room.keeping.setTerm(compliance, { kind: 'voice', keepYears: 2 });
    made = {
      free: await upload(wav(11), { caseId: 'C1' }),
      held: await upload(wav(12), { caseId: 'C1' }),
      bound: await upload(wav(13), { caseId: 'C1' }),
      referred: await room.recordings.refer(agent, { caseId: 'C1', uri: 'file:///nas/1.wav', sha256: 'cd'.repeat(32) }, null),
    };
    await room.keeping.hold(compliance, made.held.id, '诉讼', null);
    await inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
      const [one] = await tx.query<{ id: string }>(`select id from collection_case where case_id = 'C1'`);
      expect(await room.recordings.bindToDebt(tx, made.bound.id, one?.id ?? '')).toBe(true);
    });
  });

  const destroyed = async (): Promise<string[]> =>
    (await stage.sql<{ id: string }>('select recording as id from recording_proof order by 1')).map(({ id }) => id);

  it('stays through its last day, and goes the night after, once, however many workers', async () => {
    await room.keeping.destroyDue(new Date('2028-01-05T23:59:59+08:00'));
    expect(await destroyed()).toEqual([]);
    const counts = await Promise.all([1, 2, 3].map(() => room.keeping.destroyDue(new Date('2028-01-06T03:10:00+08:00'))));
    expect(counts.toSorted()).toEqual([0, 0, 2]);
    expect(await destroyed()).toEqual([made.free.id, made.referred.id].toSorted());
    expect(await room.listening.find(compliance, made.free.id)).toMatchObject({
      keptHere: false,
      keptFor: null,
      destroyedAt: '2028-01-06T03:10:00+08:00',
    });
    expect(await codeOf(heard(made.free.id))).toBe('recording-destroyed');
    expect(await stage.sql(`select u.id from upload u where u.id not in (select upload from recording where upload is not null)`)).toEqual(
      [],
    );
    expect(await codeOf(stage.sql(`update recording_proof set reason = 'x'`))).toMatch('proof of a destruction');
  });

  it('is kept while it is held for the law, and while its debt is not cleared', async () => {
    await room.keeping.destroyDue(new Date('2035-01-01T04:00:00+08:00'));
    stage.now = '2035-01-01T12:00:00+08:00';
    expect(await room.listening.find(compliance, made.held.id)).toMatchObject({ keptFor: 'legal-hold', destroyedAt: null });
    expect(await room.listening.find(compliance, made.bound.id)).toMatchObject({ keptFor: 'debt', destroyedAt: null });
    await room.keeping.lift(compliance, made.held.id, '结案', null);
    expect(await codeOf(room.keeping.lift(compliance, made.held.id, '结案', null))).toBe('not-held');
    await stage.sql(`update collection_case set balance = 0 where case_id = 'C1'`);
    await room.keeping.destroyDue(new Date('2035-01-02T04:00:00+08:00'));
    expect(await destroyed()).toEqual(expect.arrayContaining([made.held.id, made.bound.id]));
  });

  it('is held once, by whoever came first', async () => {
    stage.now = '2035-02-01T12:00:00+08:00';
    const one = await upload(wav(14), { caseId: 'C2' });
    const codes = await Promise.all([1, 2, 3].map(() => codeOf(room.keeping.hold(compliance, one.id, '诉讼', null))));
    expect(codes.toSorted()).toEqual(['already-held', 'already-held', 'done']);
    const again = { key: 'hold-1', hash: hashOf('h', 1) };
    await room.keeping.lift(compliance, one.id, '结案', again);
    expect(await room.keeping.lift(compliance, one.id, '结案', again)).toMatchObject({ heldAt: null });
  });
});
