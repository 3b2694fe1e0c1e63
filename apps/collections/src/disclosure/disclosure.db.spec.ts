import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { PeerVerifier, ringOf, signedHeaders, type SignedRequest } from '#peers';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { disclosureRoom } from '../../testing/disclosure-room.ts';
import { recordingRoom } from '../../testing/recording-room.ts';
import { BANK, Stage } from '../../testing/stage.ts';
import type { Cause, FileHeads, FileRequest } from './disclosure.events.ts';
import type { FilePage, FilePageRequest } from './disclosure.dto.ts';

let stage: Stage;
let room: ReturnType<typeof disclosureRoom>;
let count = 0;

beforeAll(async () => {
  stage = await Stage.open();
  room = disclosureRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const asking = (account: string | null, more: Partial<FileRequest> = {}): FileRequest => ({
  complaintId: randomUUID(),
  version: 1,
  number: 'TS20261121-000007',
  account,
  agencyId: null,
  collectorId: null,
  receivedAt: '2026-11-21T07:00:00.000Z',
  from: '2026-05-21T07:00:00.000Z',
  closedAt: null,
  decidedAt: null,
  outcome: null,
  withdrawnAt: null,
  declinedAt: null,
  ...more,
});
const apply = (request: FileRequest, institutionId = BANK): Promise<FileHeads> =>
  inTransaction(stage.source, { institutionId }, (tx) => room.disclosures.apply(tx, institutionId, request));
const page = ({ complaintId }: FileRequest, more: Partial<FilePageRequest> = {}, institutionId = BANK): Promise<FilePage> =>
  room.disclosures.page(institutionId, { complaintId, by: 'li', ...more }, 'request-1');
const code = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? error,
  );

async function someone(): Promise<string> {
  count += 1;
  const caseId = `X${count}`;
  await stage.addCases([{ caseId, debtorId: `DX${count}`, debtId: `LX${count}`, contactPoint: `+86138000${20_000 + count}` }]);
  return caseId;
}
async function record(caseId: string, attemptId: string): Promise<string> {
  const { id } = await recordingRoom(stage).recordings.refer(
    { subject: 'a', clientId: null, institutionId: BANK, agencyId: null, roles: ['agent'] },
    { caseId, attemptId, uri: 'https://r.example/1.wav', sha256: createHash('sha256').update(attemptId).digest('hex') },
    null,
  );
  return id;
}

describe('the file of a complaint', () => {
  it('has every contact with its reasons and packs, recordings and messages, in order, a page at a time', async () => {
    const caseId = await someone();
    const call = await stage.ask(caseId);
    const recording = await record(caseId, call.id);
    stage.now = '2026-11-21T23:30:00+08:00';
    const refused = await stage.ask(caseId);
    const text = await stage.ask(caseId, { channel: 'sms', message: { text: '请还款' } });
    const request = asking(caseId);
    const heads = await apply(request);
    expect(heads).toMatchObject({ state: 'known', debtorId: `DX${count}`, caseIds: [caseId], counts: { contact: 3, recording: 1 } });
    const whole = await page(request);
    expect(whole.next).toBeNull();
    expect(whole.items.map(({ kind, id }) => `${kind} ${id}`).toSorted()).toEqual(
      [`contact ${call.id}`, `recording ${recording}`, `contact ${refused.id}`, `contact ${text.id}`].toSorted(),
    );
    expect(whole.items.map(({ at }) => at)).toEqual(whole.items.map(({ at }) => at).toSorted());
    const [first, , third] = whole.items.filter(({ kind }) => kind === 'contact');
    expect(first?.body).toMatchObject({ verdict: 'permitted', channel: 'voice', collectorIds: ['c1'] });
    expect(first?.contactPoint).toMatch(/^138\*{4}/);
    expect(whole.items.find(({ id }) => id === refused.id)?.body).toMatchObject({
      verdict: 'refused',
      reasons: expect.arrayContaining([expect.objectContaining({ ruleId: 'quiet-hours', severity: 'block' })]),
      packs: expect.anything(),
    });
    expect(third?.text).toBe('请还款');
    // The same, two at a time.
    const pieces = [await page(request, { limit: 2 })];
    for (let next = pieces[0]?.next; next; next = pieces.at(-1)?.next) pieces.push(await page(request, { limit: 2, after: next }));
    expect(pieces).toHaveLength(2);
    expect(pieces.flatMap(({ items }) => items)).toEqual(whole.items);
  });

  it('is read for its complaint alone, and each read is noted with its number', async () => {
    const caseId = await someone();
    await stage.ask(caseId);
    const request = asking(caseId);
    expect(await code(page(request))).toBe('not-found');
    await apply(request);
    await page(request);
    const reads = await stage.sql(
      `select subject, client_id, resource, resource_ids, fields, purpose from personal_data_read where $1 = any(resource_ids)`,
      [caseId],
    );
    expect(reads).toEqual([
      {
        subject: 'li',
        client_id: 'complaints',
        resource: 'complaint-file',
        resource_ids: [caseId],
        fields: ['contact'],
        purpose: request.number,
      },
    ]);
    expect(await code(page(request, {}, 'bank-2'))).toBe('not-found');
    expect(await code(page({ ...request, complaintId: 'no-id' }))).toBe('not-found');
    // Once more at the end, and then no more.
    await apply({ ...request, version: 2, closedAt: '2026-11-21T08:00:00.000Z' });
    expect((await page(request)).items).toHaveLength(1);
    stage.now = '2026-12-01T15:00:00+08:00';
    expect(await code(page(request))).toBe('not-found');
  });

  it('has nothing of the time after the complaint, nor before its period', async () => {
    const caseId = await someone();
    const request = asking(caseId, { from: '2026-11-21T07:00:00.000Z', closedAt: '2026-11-21T08:00:00.000Z' });
    stage.now = '2026-11-21T14:59:59+08:00';
    await stage.ask(caseId);
    stage.now = '2026-11-21T15:30:00+08:00';
    const inside = await stage.ask(caseId);
    stage.now = '2026-11-21T16:00:01+08:00';
    await stage.ask(caseId);
    await apply(request);
    expect((await page(request)).items.map(({ id }) => id)).toEqual([inside.id]);
  });

  it('keeps the newest of what is said, whichever comes first, and of many at once', async () => {
    const caseId = await someone();
    const request = asking(caseId);
    const closed = {
      ...request,
      version: 2,
      closedAt: '2026-11-21T08:00:00.000Z',
      decidedAt: '2026-11-21T08:00:00.000Z',
      outcome: 'upheld',
    };
    await Promise.all([apply(closed), apply(request), apply(closed), apply(request)]);
    expect(
      await stage.sql('select version, outcome, closed_at is not null as closed from complaint_file where complaint_id = $1', [
        request.complaintId,
      ]),
    ).toEqual([{ version: 2, outcome: 'upheld', closed: true }]);
  });

  it('waits for an account that is not known yet, and says so once when it is', async () => {
    const request = asking('LATER');
    expect(await apply(request)).toEqual({ state: 'no-case' });
    expect(await apply(asking(null))).toEqual({ state: 'no-account' });
    const sweep = () => inTransaction(stage.source, { institutionId: EVERY_INSTITUTION }, (tx) => room.disclosures.tellArrived(tx));
    await sweep();
    await stage.addCases([{ caseId: 'LATER', debtorId: 'DLATER', contactPoint: '+8613800029999' }]);
    await Promise.all([sweep(), sweep()]);
    await sweep();
    const told = await stage.sql<{ payload: object }>(`select payload from event where topic = 'collections.complaint-file'`);
    expect(told.map(({ payload }) => payload)).toMatchObject([
      { complaintId: request.complaintId, version: 1, state: 'known', caseIds: ['LATER'] },
    ]);
  });
});

describe('a recording that a complaint is about', () => {
  it('is kept past its term while the complaint is open, also when two are, and goes when neither is', async () => {
    const caseId = await someone();
    const call = await stage.ask(caseId);
    const id = await record(caseId, call.id);
    const [one, two] = [asking(caseId), asking(caseId, { number: 'TS20261121-000008' })];
    await Promise.all([apply(one), apply(two), apply(one)]);
    const { keeping } = recordingRoom(stage);
    const night = (day: string) => keeping.destroyDue(new Date(`${day}T04:00:00+08:00`));
    const gone = async () =>
      (await stage.sql<{ gone: boolean }>('select destroyed_at is not null as gone from recording where id = $1', [id]))[0]?.gone;
    await night('2032-01-02');
    expect(await gone()).toBe(false);
    const ended = { version: 2, closedAt: '2032-01-02T08:00:00.000Z' };
    await apply({ ...one, ...ended });
    await night('2032-01-03');
    expect(await gone()).toBe(false);
    // Opened again, and closed again.
    await apply({ ...one, version: 3 });
    await apply({ ...two, ...ended });
    await night('2032-01-04');
    expect(await gone()).toBe(false);
    await apply({ ...one, ...ended, version: 4 });
    await night('2032-01-05');
    expect(await gone()).toBe(true);
  });
});

describe('what caused a complaint', () => {
  const cause = (more: Partial<Cause>): Cause => ({
    id: randomUUID(),
    kind: 'rule',
    target: 'quiet-hours',
    targetVersion: null,
    agencyId: 'A1',
    restsOn: null,
    confirmedAt: '2026-11-21T07:00:00.000Z',
    ...more,
  });
  const tell = (complaintId: string, version: number, causes: readonly Cause[]) =>
    inTransaction(stage.source, { institutionId: BANK }, (tx) =>
      room.disclosures.attribute(tx, BANK, { complaintId, version, number: 'TS1', causes }),
    );

  it('is taken whole, and the later version holds', async () => {
    const complaintId = randomUUID();
    const [rule, collector] = [cause({}), cause({ kind: 'collector', target: 'c1' })];
    expect(await tell(complaintId, 2, [rule, collector])).toEqual({ taken: true });
    expect(await tell(complaintId, 1, [rule])).toEqual({ taken: false });
    expect(await tell(complaintId, 2, [rule])).toEqual({ taken: false });
    const kept = () => stage.sql(`select kind, target from complaint_cause where complaint_id = $1 order by kind`, [complaintId]);
    expect(await kept()).toEqual([
      { kind: 'collector', target: 'c1' },
      { kind: 'rule', target: 'quiet-hours' },
    ]);
    await tell(complaintId, 3, []);
    expect(await kept()).toEqual([]);
    await expect(tell(complaintId, 4, [cause({ target: null })])).rejects.toThrow('cannot be read');
  });
});

describe('the cases of a complainant', () => {
  it('are found by id number, telephone however written, or account; names masked, reads noted', async () => {
    await stage.addCases([
      { caseId: 'K1', debtId: 'KL1', debtorId: 'KD', debtorName: '赵六', idNumber: '110101198001010011', contactPoint: '+8613912340001' },
      { caseId: 'K2', debtId: 'KL2', debtorId: 'KD', debtorName: '赵六', idNumber: '110101198001010011', contactPoint: '+8613912340002' },
    ]);
    const find = async (more: object) => (await room.lookups.find(BANK, { by: 'li', purpose: 'intake', ...more }, 'r')).items;
    expect((await find({ idNumber: '110101198001010011' })).map(({ caseId }) => caseId)).toEqual(['K1', 'K2']);
    const [byPhone] = await find({ contact: '0086 139-1234-0001' });
    expect(byPhone).toMatchObject({ caseId: 'K1', debtorName: '赵*', matchedBy: 'phone' });
    expect((await find({ account: 'KL2' })).map(({ caseId }) => caseId)).toEqual(['K2']);
    expect((await find({ account: 'K1', idNumber: '110101198001010011' })).map(({ matchedBy }) => matchedBy)).toEqual([
      'id-number',
      'id-number',
    ]);
    expect(await find({})).toEqual([]);
    expect((await room.lookups.find('bank-2', { by: 'li', purpose: 'x', account: 'K1' }, 'r')).items).toEqual([]);
    expect(await stage.sql(`select purpose from personal_data_read where purpose = 'intake'`)).not.toEqual([]);
  });
});

describe('a request of another service', () => {
  const secret = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
  const entries = [secret('new'), secret('old')];
  const path = '/internal/complaint-files';
  const body = Buffer.from('{"a":1}');
  const NOW = Date.parse('2026-11-21T15:00:00+08:00');

  function signed(entry: string | undefined, more: Partial<{ at: number; nonce: string; institutionId: string }> = {}): SignedRequest {
    const [key] = ringOf({ peerKeys: [entry ?? ''], demo: true });
    if (!key) throw new Error('no key');
    const { at = NOW, nonce = randomUUID(), institutionId = BANK } = more;
    const headers = signedHeaders(key, { method: 'POST', path, institutionId, at: String(at), nonce, body });
    return { method: 'POST', path, headers, body };
  }
  const verifier = (): PeerVerifier => new PeerVerifier(stage.source, ringOf({ peerKeys: entries, demo: false }));
  const verdict = (request: SignedRequest): Promise<unknown> => code(verifier().verify(request, NOW));

  it('is taken under either key of the ring, once, also of many at once', async () => {
    for (const entry of entries) expect(await verdict(signed(entry))).toBe('done');
    const request = signed(entries[0]);
    const all = await Promise.all([1, 2, 3, 4].map(() => verdict(request)));
    expect(all.toSorted()).toEqual(['done', 'unauthenticated', 'unauthenticated', 'unauthenticated']);
  });

  it('is not taken under another key, late, early, changed, without a body, or for all institutions', async () => {
    const good = signed(entries[0]);
    const bad: SignedRequest[] = [
      signed(secret('new')),
      signed(secret('gone')),
      signed(entries[0], { at: NOW - 61_000 }),
      signed(entries[0], { at: NOW + 61_000 }),
      signed(entries[0], { nonce: 'again' }),
      signed(entries[0], { institutionId: '*' }),
      { ...good, body: null },
      { ...good, body: Buffer.from('{"a":2}') },
      { ...good, path: '/internal/case-lookups' },
      { ...good, headers: { ...good.headers, 'x-forbear-institution': 'bank-2' } },
      { ...good, headers: {} },
    ];
    for (const request of bad) expect(await verdict(request)).toBe('unauthenticated');
    expect(await verdict(good)).toBe('done');
  });
});
