import type { DataSource } from 'typeorm';
import {
  canonical,
  isConsistent,
  isHeadSigned,
  isIncluded,
  openBody,
  readPublicKeys,
  recordHash,
  trustedKeys,
  type EvidenceRecord,
  type SignedHead,
} from '#evidence';
import { createDataSource, EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { testDatabase, type TestDatabase } from '#testkit';
import { Vault } from '#vault';
import {
  append,
  destroySubjectKeys,
  EvidenceService,
  RotationService,
  sealBacklog,
  Sealer,
  sealPersonal,
  SUBJECT_KEY_CONTEXT,
} from '#evidence-log';

const BANK = 'bank-1';
const OTHER = 'bank-2';
const vault = new Vault([`k1:${Buffer.alloc(32, 1).toString('base64')}`], Buffer.alloc(32, 2).toString('base64'));
const compliance = { subject: 'c', clientId: null, institutionId: BANK, agencyId: null, roles: ['compliance'] as const };

let db: TestDatabase;
let source: DataSource;
let service: EvidenceService;

const sealer = (evidenceKeyDays = 365): Sealer => new Sealer(source, { evidenceKeyDays }, 'collections', vault);
const inLog = <T>(work: (tx: Tx) => Promise<T>, institutionId = BANK): Promise<T> => inTransaction(source, { institutionId }, work);
const fact = (n: number | string, institutionId = BANK): Promise<void> =>
  inLog((tx) => append(tx, institutionId, [{ kind: 'register-act', actor: 'a', body: { n } }]), institutionId);
const placesOf = (institutionId = BANK): Promise<{ position: string; n: number | string }[]> =>
  inLog(
    (tx) =>
      tx.query(`select l.position, r.body -> 'n' as n from evidence_leaf l join evidence_record r on r.id = l.record order by l.position`),
    institutionId,
  );
const bytes = (hashes: readonly string[]): Buffer[] => hashes.map((hash) => Buffer.from(hash, 'hex'));
const allHeads = async (): Promise<SignedHead[]> => [...(await service.heads(compliance, { limit: 200 })).items].toReversed();

beforeEach(async () => {
  db = await testDatabase('collections');
  source = await createDataSource({ url: db.appUrl, poolSize: 12, applicationName: 'evidence' });
  service = new EvidenceService(source, vault, 'collections');
});
afterEach(async () => {
  await source.destroy();
  await db.drop();
});

it('places what many write at once, by several sealers at once, each once and with no gap', async () => {
  const writing = Array.from({ length: 60 }, (_one, n) => fact(n));
  const others = Array.from({ length: 5 }, (_one, n) => fact(n, OTHER));
  const sealing = Array.from({ length: 6 }, () => sealer().seal(BANK, 7));
  await Promise.all([...writing, ...others, ...sealing]);
  await Promise.all([sealer().sealAll(), sealer().sealAll(), sealer().sealAll()]);
  const places = await placesOf();
  expect(places.map(({ position }) => Number(position))).toEqual(Array.from({ length: 60 }, (_one, n) => n));
  expect(new Set(places.map(({ n }) => n)).size).toBe(60);
  expect(await placesOf(OTHER)).toHaveLength(5);
  expect((await allHeads()).at(-1)?.size).toBe(60);
  expect(await sealBacklog(source)).toEqual({ lagSeconds: 0, unsealed: 0 });
});

it('takes what is committed late among the next, and what was never committed not at all', async () => {
  let commit: () => void = () => undefined;
  let written: () => void = () => undefined;
  const [isWritten, mayCommit] = [new Promise<void>((resolve) => (written = resolve)), new Promise<void>((resolve) => (commit = resolve))];
  const late = inLog(async (tx) => {
    await append(tx, BANK, [{ kind: 'register-act', actor: 'a', body: { n: 'late' } }]);
    written();
    await mayCommit;
  });
  await isWritten;
  await fact('early');
  const failing = inLog(async (tx) => {
    await append(tx, BANK, [{ kind: 'register-act', actor: 'a', body: { n: 'never' } }]);
    throw new Error('undone');
  });
  await expect(failing).rejects.toThrow('undone');
  expect(await sealer().sealAll()).toBe(1);
  commit();
  await late;
  const backlog = await sealBacklog(source);
  expect(backlog.unsealed).toBe(1);
  expect(backlog.lagSeconds).toBeGreaterThan(0);
  expect(await sealer().sealAll()).toBe(1);
  expect(await sealer().sealAll()).toBe(0);
  expect((await placesOf()).map(({ n }) => n)).toEqual(['early', 'late']);
});

it('proves every record by the newest head and every head by a later one', async () => {
  for (let n = 0; n < 21; n += 1) {
    await fact(n);
    if (n % 3 === 1) await sealer().seal(BANK);
  }
  await sealer().seal(BANK);
  const heads = await allHeads();
  const [last] = heads.slice(-1);
  const keys = readPublicKeys((await service.publicKeys(compliance)).items.map(({ publicKey }) => publicKey).join('\n'));
  for (const head of heads) expect(isHeadSigned(head, [...keys.values()][0] as never)).toBe(true);
  const ids = await inLog((tx) => tx.query<{ id: string }>('select record as id from evidence_leaf order by position'));
  for (const [at, { id }] of ids.entries()) {
    const { position, leafHash, proof, record, head } = await service.proof(compliance, id, 'r');
    expect([position, head]).toEqual([at, last]);
    expect(recordHash(canonical(record)).toString('hex')).toBe(leafHash);
    expect(isIncluded(Buffer.from(leafHash, 'hex'), at, head.size, bytes(proof), Buffer.from(head.rootHash, 'hex'))).toBe(true);
  }
  for (const one of heads)
    for (const other of heads.filter(({ size }) => size >= one.size)) {
      const { proof } = await service.consistency(compliance, { from: one.size, to: other.size });
      const [first, second] = [one, other].map(({ size, rootHash }) => ({ size, root: Buffer.from(rootHash, 'hex') }));
      expect(first && second && isConsistent(first, second, bytes(proof))).toBe(true);
    }
  // Each proof that was shown is itself a record.
  expect(await sealer().seal(BANK)).toBe(21);
});

it('refuses what the log does not have, and says what it has', async () => {
  const problem = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: { kind?: { code?: string }; extras?: { errors?: readonly { detail: string }[] } }) =>
        [error.kind?.code, ...(error.extras?.errors ?? []).map(({ detail }) => detail)].join(': '),
    );
  for (const n of [1, 2, 3]) await fact(n);
  await sealer().seal(BANK);
  const regulator = { ...compliance, roles: ['regulator'] as const };
  expect(await problem(service.consistency(compliance, { from: 1, to: 3 }))).toBe(
    'invalid: is no size of a signed head; the next one is 3',
  );
  expect(await problem(service.consistency(compliance, { from: 4, to: 3 }))).toBe('invalid: is larger than to');
  expect(await problem(service.consistency(compliance, { from: 3, to: 9 }))).toBe('invalid: is beyond the last signed head');
  expect(await problem(service.export(compliance, { from: 1 }, 'r'))).toBe('invalid: is no size of a signed head; the next one is 3');
  expect(await problem(service.export(compliance, { to: 9 }, 'r'))).toBe(
    'invalid: is beyond the log, which has 3 records under a signed head',
  );
  expect(await problem(service.export(regulator, { personal: 'readable' }, 'r'))).toBe('forbidden');
  const [own] = await inLog((tx) => tx.query<{ id: string }>('select record as id from evidence_leaf limit 1'));
  expect(await problem(service.proof({ ...compliance, institutionId: OTHER }, own?.id ?? '', 'r'))).toBe('not-found');
  expect(await problem(service.proof(compliance, 'x', 'r'))).toBe('not-found');
  await fact(4);
  const [waiting] = await inLog((tx) => tx.query<{ id: string }>('select record as id from evidence_pending'));
  expect(await problem(service.proof(compliance, waiting?.id ?? '', 'r'))).toBe('not-sealed-yet');
});

it('changes its key, and who trusts the new one or the old one trusts both', async () => {
  for (const n of [1, 2, 3]) {
    await fact(n);
    await sealer(0).seal(BANK);
  }
  const { items } = await service.publicKeys(compliance);
  expect(items.map(({ retiredAt }) => retiredAt === null)).toEqual([false, false, true]);
  const heads = await allHeads();
  expect(heads.map(({ keyId }) => keyId)).toEqual(items.map(({ keyId }) => keyId));
  for (const one of items) {
    const trusted = trustedKeys(readPublicKeys(one.publicKey), { log: 'collections', institution: BANK }, items);
    expect(heads.map((head) => isHeadSigned(head, trusted.get(head.keyId) as never))).toEqual([true, true, true]);
  }
  const stranger = { log: 'collections', institution: OTHER };
  expect(trustedKeys(readPublicKeys(items[0]?.publicKey ?? ''), stranger, items).size).toBe(1);
});

it('is only ever added to', async () => {
  await fact(1);
  await sealer().seal(BANK);
  for (const change of [
    'update evidence_record set actor = $1',
    'delete from evidence_leaf where $1 = $1',
    'update evidence_head set key = $1',
  ])
    await expect(inLog((tx) => tx.query(change, ['x']))).rejects.toThrow('evidence is only ever added to');
});

it('keeps the proof of what can be read no more', async () => {
  const personal = sealPersonal(vault, BANK, 'debtor:D1', { note: '张三' });
  await inLog((tx) => append(tx, BANK, [{ kind: 'contact-outcome', actor: 'a', body: {}, personal }]));
  await sealer().seal(BANK);
  const [row] = await inLog((tx) => tx.query<{ id: string; sealed: Buffer }>('select id, key_sealed as sealed from evidence_subject_key'));
  const [place] = await inLog((tx) => tx.query<{ id: string }>('select record as id from evidence_leaf'));
  const before = await service.proof(compliance, place?.id ?? '', 'r');
  const { subject = '', bodySealed } = before.record as unknown as EvidenceRecord;
  const key = vault.openBytes(row?.sealed ?? Buffer.alloc(0), SUBJECT_KEY_CONTEXT);
  const opening = { institution: BANK, subject, keyId: row?.id ?? '', key };
  expect(bodySealed && openBody(bodySealed, opening)).toEqual({ note: '张三' });
  expect(() => bodySealed && openBody(bodySealed, { ...opening, subject: 'debtor:D2' })).toThrow('unable to authenticate');
  expect(JSON.stringify(before.record)).not.toContain('张三');
  expect(await inLog((tx) => destroySubjectKeys(tx, BANK, 'debtor:D1'))).toBe(1);
  expect(await service.proof(compliance, place?.id ?? '', 'r')).toEqual(before);
  expect(await inLog((tx) => tx.query('select 1 from evidence_subject_key'))).toEqual([]);
});

it('seals a text that JSON can hold and Unicode cannot', async () => {
  await inTransaction(source, { institutionId: EVERY_INSTITUTION }, (tx) =>
    tx.query(
      `with r as (insert into evidence_record (institution_id, kind, actor, body) values ($1, 'register-act', 'a', '{"n":"\\ud800"}') returning id)
      insert into evidence_pending select $1, id from r`,
      [BANK],
    ),
  );
  expect(await sealer().seal(BANK)).toBe(1);
});

it('another key signs when somebody asks for it, once however often, with a record of why', async () => {
  const rotations = new RotationService(source, vault, 'collections');
  const admin = { ...compliance, subject: 'root', roles: ['admin'] as const };
  await expect(rotations.rotate(admin, { reason: 'x' }, null)).rejects.toMatchObject({ kind: { code: 'evidence-without-key' } });
  await fact(1);
  await sealer().sealAll();
  const key = { key: 'k', hash: Buffer.from('h') };
  const [once, again] = await Promise.all([
    rotations.rotate(admin, { reason: '张三 saw the old one' }, key),
    rotations.rotate(admin, { reason: '张三 saw the old one' }, key),
    sealer().sealAll(),
  ]);
  expect(again).toEqual(once);
  await fact(2);
  await sealer().sealAll();
  const heads = await allHeads();
  expect([heads[0]?.keyId, heads.at(-1)?.keyId]).toEqual([once.retiredKeyId, once.keyId]);
  const { items } = await service.publicKeys(compliance);
  expect(items).toHaveLength(2);
  const trusted = trustedKeys(readPublicKeys(items[0]?.publicKey ?? ''), { log: 'collections', institution: BANK }, items);
  expect(heads.map((head) => trusted.get(head.keyId)).every((one, at) => one && heads[at] && isHeadSigned(heads[at], one))).toBe(true);
  const records = await inLog((tx) =>
    tx.query<{ body: object; enciphered: Buffer }>(
      `select body, body_enciphered as enciphered from evidence_record where kind = 'key-rotated'`,
    ),
  );
  expect(records).toHaveLength(1);
  expect(JSON.stringify(records[0]?.body)).not.toContain('张三');
  expect(records[0]?.enciphered.length).toBeGreaterThan(28);
});

it('lists records page by page, all or those of a kind or of what was made, and nothing of another institution', async () => {
  for (const n of [1, 2, 3]) await fact(n);
  await fact(9, OTHER);
  await inLog((tx) => append(tx, BANK, [{ kind: 'sign-in', actor: 'p', body: { session: '01a22d2b-f290-73c3-a58d-002f06723451' } }]));
  await sealer().sealAll();
  await fact('waiting');
  const pages = async (query: object): Promise<(number | null)[][]> => {
    const found: (number | null)[][] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<EvidenceService['records']>> = await service.records(compliance, {
        ...query,
        limit: 2,
        ...(cursor !== null && { cursor }),
      });
      found.push(page.items.map(({ position }) => position));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  };
  expect(await pages({})).toEqual([
    [3, 2],
    [1, 0],
  ]);
  expect(await pages({ kind: 'register-act' })).toEqual([
    [null, 2],
    [1, 0],
  ]);
  expect((await service.records(compliance, { kind: 'sign-in' })).items).toMatchObject([{ kind: 'sign-in', actor: 'p', position: 3 }]);
  const [{ id } = { id: '' }] = (await service.records(compliance, {})).items;
  await inLog((tx) => append(tx, BANK, [{ kind: 'report-asked', actor: 'p', body: { about: id } }]));
  expect((await service.records(compliance, { about: id.toUpperCase() })).items).toMatchObject([{ kind: 'report-asked' }]);
  await expect(service.records(compliance, { about: 'x' })).rejects.toMatchObject({ kind: { code: 'invalid' } });
  await expect(service.records(compliance, { cursor: 'bm9uZQ' })).rejects.toMatchObject({ kind: { code: 'invalid' } });
});
