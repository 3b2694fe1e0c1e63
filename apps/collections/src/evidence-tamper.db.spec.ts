import { canonical, recordHash, type EvidenceRecord, type SignedHead } from '#evidence';
import { Restoring } from '#evidence-log';
import { EvidenceRoom } from '../testing/evidence-room.ts';

// Every kind of tampering, made in the database by somebody who may do anything there; the examiner has an export and the public key.

let room: EvidenceRoom;
let kept: SignedHead;
let whole: string;

interface Place {
  readonly position: number;
  readonly id: string;
  readonly kind: string;
}
let places: Place[] = [];
const decisionAt = (nth: number): Place =>
  places.filter(({ kind }) => kind === 'contact-decision')[nth] ?? { position: -1, id: '', kind: '' };

const bendVerdict = `update evidence_record set body = jsonb_set(body::jsonb, '{outcome,verdict}', '"refused"')::json where id = $1`;
const turnBack = `update evidence_record set at = at - interval '3 days' where id = $1`;

/** The hash that the record has now, put where the old one stood. */
async function coverUp(id: string): Promise<void> {
  const lines = (await room.export()).split('\n').filter((line) => line.includes(`"type":"record"`));
  const line = lines.map((one) => JSON.parse(one) as { id: string; record: EvidenceRecord }).find((one) => one.id === id);
  await room.tamper('update evidence_leaf set hash = $2 where record = $1', [id, recordHash(canonical(line?.record))]);
}

beforeAll(async () => {
  room = await EvidenceRoom.open();
  const { stage } = room;
  await stage.addCases([{}, { caseId: 'C2', debtorId: 'D2', debtId: 'L2', contactPoint: '+8613800000002' }]);
  await stage.publish({});
  for (let round = 0; round < 4; round += 1) {
    stage.now = `2026-11-2${round + 1}T15:00:00+08:00`;
    await stage.ask('C1');
    await stage.ask('C2', { channel: 'sms', message: { text: '张三先生，您的账单已逾期。' } });
    await stage.ask('C2', { contactPointId: await stage.pointOf('C2') });
    await room.seal();
  }
  await room.keepKey();
  kept = await room.newestHead();
  places = await stage.sql<Place>(
    'select l.position::integer as position, r.id, r.kind from evidence_leaf l join evidence_record r on r.id = l.record order by l.position',
  );
  await room.remember();
  whole = await room.export({ personal: 'readable' });
});
afterAll(() => room.close());
afterEach(() => room.restore());

it('finds nothing where nothing was done, and makes every decision again', async () => {
  const { exit, findings, summary } = await room.verify(whole, kept);
  expect(findings).toEqual([]);
  expect(exit).toBe(0);
  expect(summary).toMatchObject({ size: 13, records: 13, heads: 4, replayed: 12, notReplayed: {}, problems: 0, lastHead: kept });
  const sealed = await room.verify(await room.export());
  expect(sealed.exit).toBe(0);
  expect(Object.values(sealed.summary?.notReplayed ?? {})).toEqual([4]);
  expect(whole).not.toContain('张三先生');
});

it('checks a part as well, by what stands before it', async () => {
  const part = await room.export({ from: 7, to: 10 });
  expect((await room.verify(part, kept)).findings.map(({ problem }) => problem)).toEqual(['truncated-tail']);
  const { exit, summary } = await room.verify(part);
  expect([exit, summary?.from, summary?.size, summary?.records]).toEqual([0, 7, 10, 3]);
  expect(summary?.replayed).toBe(2);
  // Another edge than the signed one.
  expect((await room.verify(part.replace(/"edge":\["[0-9a-f]{4}/, '"edge":["0000'))).findings.length).toBeGreaterThan(0);
});

describe('altered', () => {
  it('is a record whose text was changed', async () => {
    const { id, position } = decisionAt(3);
    await room.tamper(bendVerdict, [id]);
    const { exit, findings } = await room.verify(await room.export());
    expect(exit).toBe(1);
    expect(findings).toEqual([expect.objectContaining({ problem: 'altered', position, id })]);
  });

  it('is a record whose hash was changed with it', async () => {
    const { id, position } = decisionAt(3);
    await room.tamper(bendVerdict, [id]);
    await coverUp(id);
    const { findings } = await room.verify(await room.export());
    const [first] = findings.filter(({ problem }) => problem === 'altered');
    // As near as the signed edge says.
    expect(Math.abs((first?.position ?? -9) - position)).toBeLessThanOrEqual(2);
    expect(findings.map(({ problem }) => problem).toSorted()).toEqual(['altered', 'wrong-replay']);
  });

  it('is a line that says the same in other words', async () => {
    const lines = (await room.export()).split('\n');
    const at = lines.findIndex((line) => line.includes('"type":"record"'));
    const other = [...lines.slice(0, at), lines[at]?.replace('"type":"record"}', '"type": "record"}'), ...lines.slice(at + 1)].join('\n');
    expect((await room.verify(other)).findings.map(({ problem }) => problem)).toEqual(['altered']);
  });
});

describe('dropped', () => {
  it('is a record that is gone, and one that is gone with its place', async () => {
    const [one, other] = [decisionAt(2), decisionAt(6)];
    await room.tamper('delete from evidence_record where id = $1', [one.id]);
    await room.tamper('delete from evidence_leaf where record = $1', [other.id]);
    const { findings } = await room.verify(await room.export());
    expect(findings).toEqual([
      expect.objectContaining({ problem: 'dropped', position: one.position, id: one.id }),
      expect.objectContaining({ problem: 'dropped', position: other.position }),
    ]);
  });

  it('does not go unseen where the rest closes ranks', async () => {
    const { id, position } = decisionAt(2);
    await room.tamper('delete from evidence_leaf where record = $1', [id]);
    await room.tamper('update evidence_leaf set position = position + 1000 where position > $1', [position]);
    await room.tamper('update evidence_leaf set position = position - 1001 where position > 999');
    const found = await room.findings(kept);
    expect(found).toContain('truncated-tail 12');
    // Within the head that ends with a pair of its own nothing tells it; the next ones do.
    expect(found[0]).toMatch(/^altered/);
    expect(found.filter((one) => one.startsWith('dropped')).length).toBeGreaterThan(0);
  });

  it('is named where a subtree that was signed stands elsewhere', async () => {
    await room.tamper('delete from evidence_leaf where position = 10');
    await room.tamper('update evidence_leaf set position = position - 1 where position > 10');
    const { findings } = await room.verify(await room.export());
    expect(findings.map(({ problem }) => problem)).toEqual(['truncated-tail']);
    await room.restore();
    await room.tamper('delete from evidence_leaf where position = 4');
    await room.tamper('update evidence_leaf set position = position + 1000 where position > 4');
    await room.tamper('update evidence_leaf set position = position - 1001 where position > 999');
    const [first] = (await room.verify(await room.export())).findings;
    expect(first).toMatchObject({ problem: 'dropped', detail: expect.stringMatching(/^one record before position 6 is gone/) as unknown });
  });

  it('before it was sealed is found where only its waiting was taken away, and named in the log', async () => {
    await room.stage.ask('C1');
    const [waiting] = await room.tamper<{ record: string }>('select record from evidence_pending');
    await room.tamper('delete from evidence_pending');
    expect(await new Restoring(room.stage.source).run(600_000)).toBe(1);
    expect(await new Restoring(room.stage.source).run(600_000)).toBe(0);
    await room.seal();
    expect(await room.findings(kept)).toEqual([]);
    const named = await room.stage.sql<{ body: unknown }>(`select body from evidence_record where kind = 'waiting-restored'`);
    expect(named.map(({ body }) => body)).toEqual([{ count: 1, records: [waiting?.record] }]);
    expect((await room.verify(await room.export())).summary?.records).toBe(15);
  });
});

describe('reordered', () => {
  const swap = async (one: Place, other: Place): Promise<void> => {
    await room.tamper('update evidence_leaf set position = case record when $1 then 1000 else 1001 end where record in ($1, $2)', [
      one.id,
      other.id,
    ]);
    await room.tamper(
      'update evidence_leaf set position = case record when $1 then $4::bigint else $3::bigint end where record in ($1, $2)',
      [one.id, other.id, one.position, other.position],
    );
  };

  it('is two records of one head that changed places', async () => {
    await swap(decisionAt(3), decisionAt(4));
    expect(await room.findings()).toEqual([`reordered ${decisionAt(3).position}`]);
  });

  it('is two records of two heads that changed places', async () => {
    await swap(decisionAt(1), decisionAt(7));
    expect((await room.findings()).filter((one) => one.startsWith('reordered'))).toHaveLength(2);
  });
});

describe('appended-late', () => {
  it('is a record that claims to be older than the head before it', async () => {
    await room.tamper(
      `with r as (insert into evidence_record (institution_id, kind, at, actor, body)
        select institution_id, kind, at - interval '3 days', actor, body from evidence_record where id = $1 returning id, institution_id)
      insert into evidence_pending select institution_id, id from r`,
      [decisionAt(0).id],
    );
    await room.seal();
    const found = await room.findings();
    expect(found[0]).toMatch(/^appended-late \d+$/);
    expect(found).toHaveLength(1);
  });

  it('is so with an id that claims it too', async () => {
    await room.tamper(
      `with r as (insert into evidence_record (id, institution_id, kind, at, actor, body)
        select uuidv7(interval '-3 days'), institution_id, kind, at - interval '3 days', actor, body from evidence_record where id = $1 returning id, institution_id)
      insert into evidence_pending select institution_id, id from r`,
      [decisionAt(0).id],
    );
    await room.seal();
    expect((await room.findings()).map((one) => one.split(' ')[0])).toEqual(['appended-late']);
  });

  it('is a place that no head covers', async () => {
    await room.tamper('delete from evidence_head where size = 13');
    expect(await room.findings()).toEqual(['appended-late 10']);
    expect(await room.findings(kept)).toEqual(['appended-late 10', 'truncated-tail 10']);
  });
});

describe('truncated-tail', () => {
  it('is a log that is shorter than its heads', async () => {
    await room.tamper('delete from evidence_leaf where position >= 11');
    expect(await room.findings()).toEqual(['truncated-tail 11']);
  });

  it('is a log that is shorter than a head that somebody kept', async () => {
    await room.tamper('delete from evidence_leaf where position >= 10');
    await room.tamper('delete from evidence_head where size > 10');
    await room.tamper('delete from evidence_pending');
    expect(await room.findings()).toEqual([]);
    expect(await room.findings(kept)).toEqual(['truncated-tail 10']);
  });

  it('is a file that was cut off, wherever', async () => {
    const lines = whole.trimEnd().split('\n');
    for (const text of [lines.slice(0, -1).join('\n'), `${lines.slice(0, -3).join('\n')}\n`, whole.slice(0, -700)]) {
      const { exit, findings } = await room.verify(text);
      expect([exit, findings.map(({ problem }) => problem)]).toEqual([1, ['truncated-tail']]);
    }
  });
});

describe('bad-signature and inconsistent-head', () => {
  it('is a head that nobody signed', async () => {
    await room.tamper(`update evidence_head set signature = decode(repeat('00', 64), 'hex') where size = 10`);
    expect(await room.findings()).toEqual(['bad-signature 10']);
  });

  it('is a head of a key for which nobody speaks', async () => {
    await room.tamper('truncate evidence_key');
    await room.sealAnew();
    expect(await room.findings()).toContain('bad-signature 13');
  });

  it('is a log that was made anew with our own keys', async () => {
    const { id, position } = decisionAt(5);
    await room.tamper(bendVerdict, [id]);
    await room.sealAnew();
    expect(await room.findings()).toEqual([`wrong-replay ${position}`]);
    expect(await room.findings(kept)).toEqual([`wrong-replay ${position}`, 'inconsistent-head 13']);
  });

  it('is one made anew with another hour', async () => {
    await room.tamper(turnBack, [decisionAt(5).id]);
    await room.sealAnew();
    expect(await room.findings(kept)).toEqual([`appended-late ${decisionAt(5).position}`, 'inconsistent-head 13']);
  });
});

it('says that it cannot check what is nothing of the kind', async () => {
  expect((await room.verify('')).exit).toBe(2);
  expect((await room.verify('{"type":"record"}\n')).exit).toBe(2);
  expect((await room.verify('PK\u0003\u0004')).exit).toBe(2);
  expect((await room.verify(whole, { ...kept, institution: 'bank-2' })).exit).toBe(2);
});
