import { approver, asker, look, noteRead, retentionAt } from '../../testing/retention-stage.ts';
import { principal, Stage } from '../../testing/stage.ts';

const READS = 'personal-data-read';
let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2036-06-15T12:00:00+08:00';
  await stage.sql('delete from personal_data_read');
});

const dueOf = async (kind: string, asOf: string, zone?: string): Promise<number | undefined> =>
  (await look(retentionAt(stage, zone), [kind], { asOf })).found?.[0]?.due;

async function setYears(kind: string, years: number | null): Promise<void> {
  const room = retentionAt(stage);
  const { id } = await room.rules.propose(asker, { kind, years, source: '档案办法 12' }, null);
  await room.rules.decide(approver, id, 'approve', null);
}

describe('the term', () => {
  it.each([
    ['an ordinary day', '2026-03-10T09:00:00+08:00', '2031-03-10', '2031-03-11'],
    // The month has no such day: its last one (Civil Code 202).
    ['29 February', '2024-02-29T09:00:00+08:00', '2029-02-28', '2029-03-01'],
    ['28 February before a leap year', '2023-02-28T09:00:00+08:00', '2028-02-28', '2028-02-29'],
    ['the last instant of a day', '2026-12-31T23:59:59.999+08:00', '2031-12-31', '2032-01-01'],
    ['the first instant of a day', '2027-01-01T00:00:00+08:00', '2032-01-01', '2032-01-02'],
  ])('of %s ends with its day, and what is kept through it goes on the next', async (_name, at, kept, gone) => {
    await noteRead(stage, at);
    expect(await dueOf(READS, kept)).toBe(0);
    expect(await dueOf(READS, gone)).toBe(1);
  });

  it('has the days of the institution’s zone', async () => {
    await noteRead(stage, '2026-03-10T23:30:00-04:00');
    expect(await dueOf(READS, '2031-03-11', 'America/New_York')).toBe(1);
    expect(await dueOf(READS, '2031-03-11', 'Asia/Shanghai')).toBe(0);
  });
});

describe('the longest rule', () => {
  it('wins, and is named', async () => {
    await noteRead(stage, '2026-03-10T09:00:00+08:00');
    const room = retentionAt(stage);
    const winner = async () => (await room.rules.kinds(asker)).items.find(({ kind }) => kind === READS)?.winner;
    expect(await winner()).toEqual({ id: 'default', years: 5, source: 'product' });
    await setYears(READS, 7);
    expect(await winner()).toEqual({ id: 'institution', years: 7, source: '档案办法 12' });
    expect(await dueOf(READS, '2031-03-11')).toBe(0);
    expect(await dueOf(READS, '2033-03-11')).toBe(1);
    await setYears(READS, null);
    expect(await winner()).toEqual({ id: 'default', years: 5, source: 'product' });
    const { items } = await room.rules.list(asker, { kind: READS });
    expect(items.map(({ version, years, state }) => [version, years, state])).toEqual([
      [2, null, 'approved'],
      [1, 7, 'approved'],
    ]);
  });

  it('is not undercut: shorter than what is built in is refused with its source', async () => {
    const room = retentionAt(stage);
    expect(() => room.rules.propose(asker, { kind: 'recording', years: 4, source: 'x' }, null)).toThrow(
      'The request has fields that are not valid',
    );
    expect(() => room.rules.propose(asker, { kind: 'no-such', years: 9, source: 'x' }, null)).toThrow('fields that are not valid');
    await expect(room.rules.propose(asker, { kind: 'recording', source: 'x' }, null)).rejects.toMatchObject({
      extras: { errors: [{ pointer: '/years' }] },
    });
  });

  it('may be the row’s own', async () => {
    await stage.addCases([{}]);
    await stage.sql(
      `insert into recording (institution_id, collection_case, kind, media_type, sha256, uri_sealed, recorded_at, recorded_on, keep_years, keep_until, created_by, created_at, held_at, held_by)
       select institution_id, id, 'voice', 'audio/wav', sha256(n::text::bytea), $1, '2024-01-01T10:00:00+08:00', '2024-01-01', years, ('2024-01-01'::date + make_interval(years => years))::date,
         'u', '2024-01-01T10:00:00+08:00', held, case when held is not null then 'u' end
       from collection_case, (values (1, 5, null::timestamptz), (2, 8, null), (3, 5, '2024-02-01'::timestamptz)) as v(n, years, held)`,
      [stage.vault.seal('sip://x', 'recording.uri')],
    );
    expect(await dueOf('recording', '2029-01-02')).toBe(1);
    expect(await dueOf('recording', '2032-01-02')).toBe(2);
    const room = retentionAt(stage);
    expect((await look(room, ['recording'], { asOf: '2032-01-02' })).found?.[0]).toMatchObject({
      rule: 'default',
      years: 5,
      due: 2,
      running: 1,
    });
  });
});

describe('four eyes', () => {
  it('of two who decide at once one does, and never who proposed', async () => {
    const room = retentionAt(stage);
    const { id } = await room.rules.propose(asker, { kind: 'import', years: 9, source: 'x' }, null);
    await expect(room.rules.propose(approver, { kind: 'import', years: 8, source: 'x' }, null)).rejects.toMatchObject({
      kind: { code: 'retention-rule-open' },
    });
    await expect(room.rules.decide(asker, id, 'approve', null)).rejects.toMatchObject({ kind: { code: 'own-proposal' } });
    await expect(room.rules.decide(approver, id, 'withdraw', null)).rejects.toMatchObject({ kind: { code: 'not-your-proposal' } });
    const third = principal('compliance', { subject: 'third' });
    const said = await Promise.allSettled([
      room.rules.decide(approver, id, 'approve', null),
      room.rules.decide(third, id, 'refuse', null),
      room.rules.decide(asker, id, 'withdraw', null),
    ]);
    expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const acts = await stage.sql<{ action: string }>(
      `select body->>'action' as action from evidence_record where kind = 'retention-act' and body->>'kind' = 'import' order by id`,
    );
    expect(acts).toHaveLength(2);
    await expect(
      stage.sql(`update retention_rule set state = 'approved', settled_by = proposed_by, settled_at = now() where id = $1`, [id]),
    ).rejects.toThrow('retention_rule_four_eyes');
  });

  it('the same key is the same proposal', async () => {
    const room = retentionAt(stage);
    const key = { key: 'k1', hash: Buffer.from('h') };
    const first = await room.rules.propose(asker, { kind: 'lookback', years: 6, source: 'x' }, key);
    expect(await room.rules.propose(asker, { kind: 'lookback', years: 6, source: 'x' }, key)).toEqual(first);
  });
});
