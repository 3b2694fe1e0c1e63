import { Client } from 'pg';
import { isIncluded } from '#evidence';
import type { RetentionRoom } from '#retention';
import { approved, approver, asker, destroyed, look, noteRead, retentionAt } from '../../testing/retention-stage.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';

const READS = 'personal-data-read';
const OLD = '2020-01-01T09:00:00+08:00';
let stage: Stage;
let room: RetentionRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = retentionAt(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-21T15:00:00+08:00';
  await stage.sql('delete from personal_data_read');
});

const many = (count: number): Promise<unknown> =>
  stage.sql(
    `insert into personal_data_read (institution_id, subject, resource, resource_ids, fields, request_id, read_at)
     select $1, 'u1', 'case', array['K' || n], '{name}', 'r', $2 from generate_series(1, $3::int) n`,
    [BANK, OLD, count],
  );
const left = async (institutionId = BANK): Promise<number> =>
  (await stage.sql<{ n: number }>('select count(*)::int as n from personal_data_read', [], institutionId))[0]?.n ?? -1;
const proofs = async (run: string) =>
  stage.sql<{ batch: number; count: number }>(
    `select (body->>'batch')::int as batch, (body->>'count')::int as count from evidence_record where kind = 'records-destroyed' and body->>'run' = $1 order by id`,
    [run],
  );
async function linesOf(run: string): Promise<string[]> {
  let text = '';
  for await (const piece of await room.proofs.list(asker, run)) text += piece;
  return text.trimEnd().split('\n');
}
const hold = (value: string, scope: 'case' | 'kind' = 'case') => room.holds.place(asker, { scope, value, reason: '诉讼' }, null);
async function release(id: string): Promise<void> {
  await room.holds.askRelease(asker, id, { reason: '结案' }, null);
  await room.holds.decideRelease(approver, id, 'approve', null);
}

describe('a dry run', () => {
  it('says what is due, what a hold keeps, and changes nothing', async () => {
    const due = await noteRead(stage, OLD, 'C1');
    await noteRead(stage, OLD, 'C9');
    await noteRead(stage, '2026-11-01T09:00:00+08:00', 'C1');
    const { id } = await hold('C9');
    const looked = await look(room, [READS]);
    expect(looked).toMatchObject({ state: 'done', asOf: '2026-11-21', destroyed: null });
    expect(looked.progress).toEqual({ done: 1, total: 1 });
    expect(looked.found).toEqual([
      {
        kind: READS,
        rule: 'default',
        years: 5,
        due: 1,
        held: 1,
        holds: [{ hold: id, count: 1 }],
        running: 1,
        oldest: new Date(OLD).toISOString(),
        first: due,
        last: due,
      },
    ]);
    expect(await left()).toBe(3);
    const lines = await linesOf(looked.id);
    expect(lines.map((line) => (JSON.parse(line) as { hold: string | null }).hold)).toEqual([null, id]);
    await release(id);
  });

  it('goes on where it was left, and comes to the same list', async () => {
    await many(5);
    const whole = await look(room, [READS]);
    const { id } = await room.runs.create(asker, { mode: 'dry-run', kinds: [READS] }, null);
    // What one who died had listed.
    await stage.sql(
      `insert into retention_item (institution_id, run, seq, kind, record, since, kept_until, rule, digest) select institution_id, $1, seq, kind, record, since, kept_until, rule, digest
       from retention_item where run = $2 and seq <= 2`,
      [id, whole.id],
    );
    await room.anotherRunner().run(BANK, id);
    expect((await room.runs.find(asker, id)).listRoot).toBe(whole.listRoot);
  });
});

describe('a destruction', () => {
  it('is of exactly the list that another person approved, with a proof of each', async () => {
    const id = await noteRead(stage, OLD);
    const looked = await look(room, [READS]);
    const asked = await room.runs.create(asker, { mode: 'destroy', dryRun: looked.id }, null);
    expect(asked).toMatchObject({ state: 'waiting', listRoot: looked.listRoot });
    await room.runner.run(BANK, asked.id);
    expect(await left()).toBe(1);
    const decide = (by: typeof asker, listRoot: string | null) => room.runs.decide(by, asked.id, { decision: 'approve', listRoot }, null);
    await expect(decide(asker, looked.listRoot)).rejects.toMatchObject({ kind: { code: 'own-proposal' } });
    await expect(decide(approver, 'ff'.repeat(32))).rejects.toMatchObject({ kind: { code: 'list-changed' } });
    await decide(approver, looked.listRoot);
    await room.runner.run(BANK, asked.id);
    const done = await room.runs.find(asker, asked.id);
    expect(done).toMatchObject({ state: 'done', destroyed: [{ kind: READS, destroyed: 1, changed: 0, held: 0, kept: 0 }] });
    expect([await left(), await proofs(asked.id)]).toEqual([0, [{ batch: 1, count: 1 }]]);
    const shown = await room.proofs.inclusion(asker, asked.id, { kind: READS, id });
    const buffer = (hex: string) => Buffer.from(hex, 'hex');
    expect(isIncluded(buffer(shown.leafHash), shown.place, shown.batch.count, shown.proof.map(buffer), buffer(shown.batch.root))).toBe(
      true,
    );
    expect(shown.batch.evidenceRecord).not.toBeNull();
    await expect(room.proofs.inclusion(asker, asked.id, { kind: READS, id: asked.id })).rejects.toThrow('destroyed no');
    expect(await room.proofs.certificate(asker, asked.id)).toEqual(await room.proofs.certificate(approver, asked.id));
    await expect(room.runs.create(asker, { mode: 'destroy', dryRun: looked.id }, null)).rejects.toMatchObject({
      kind: { code: 'destruction-already-asked' },
    });
  });

  it('shows one among many by its path', async () => {
    await many(7);
    const run = await destroyed(room, [READS]);
    const lines = await linesOf(run.id);
    const ids = lines.map((line) => (JSON.parse(line) as { id: string }).id);
    for (const id of ids) {
      const { leafHash, place, proof, batch } = await room.proofs.inclusion(asker, run.id, { kind: READS, id });
      const path = proof.map((hash) => Buffer.from(hash, 'hex'));
      expect(isIncluded(Buffer.from(leafHash, 'hex'), place, 7, path, Buffer.from(batch.root, 'hex'))).toBe(true);
      expect(isIncluded(Buffer.from(leafHash, 'hex'), (place + 1) % 7, 7, path, Buffer.from(batch.root, 'hex'))).toBe(false);
    }
  });

  it('leaves out what changed since it was looked at, and what a longer rule keeps', async () => {
    const [changed] = [await noteRead(stage, OLD, 'A'), await noteRead(stage, OLD, 'B')];
    const id = await approved(room, [READS]);
    await stage.sql(`update personal_data_read set purpose = 'x' where id = $1`, [changed]);
    await room.runner.run(BANK, id);
    expect((await room.runs.find(asker, id)).destroyed).toEqual([{ kind: READS, destroyed: 1, changed: 1, held: 0, kept: 0 }]);
    const later = await approved(room, [READS]);
    const { id: rule } = await room.rules.propose(asker, { kind: READS, years: 20, source: 'x' }, null);
    await room.rules.decide(approver, rule, 'approve', null);
    await room.runner.run(BANK, later);
    expect((await room.runs.find(asker, later)).destroyed).toEqual([{ kind: READS, destroyed: 0, changed: 0, held: 0, kept: 1 }]);
    const { id: back } = await room.rules.propose(asker, { kind: READS, years: null, source: 'x' }, null);
    await room.rules.decide(approver, back, 'approve', null);
    expect(await left()).toBe(1);
  });

  it('destroys each once with one proof, whoever works on it at once', async () => {
    await many(450);
    const id = await approved(room, [READS]);
    await Promise.allSettled([room.runner, room.anotherRunner(), room.anotherRunner()].map((runner) => runner.run(BANK, id)));
    await room.anotherRunner().run(BANK, id);
    expect((await room.runs.find(asker, id)).destroyed?.[0]?.destroyed).toBe(450);
    expect(await proofs(id)).toEqual([
      { batch: 1, count: 200 },
      { batch: 2, count: 200 },
      { batch: 3, count: 50 },
    ]);
    expect(await left()).toBe(0);
  });

  it('that is killed between batches goes on after the last that was committed', async () => {
    await many(450);
    const id = await approved(room, [READS]);
    // As if it had died with the second batch in hand: that one is undone as a whole.
    const owner = new Client({ connectionString: stage.db.adminUrl });
    await owner.connect();
    await owner.query(
      `create or replace function dies() returns trigger language plpgsql as $$ begin if new.n = 2 then raise exception 'died'; end if; return new; end $$`,
    );
    await owner.query('create or replace trigger dies before insert on retention_batch for each row execute function dies()');
    await expect(room.runner.run(BANK, id)).rejects.toThrow('died');
    expect([await left(), (await proofs(id)).length, (await room.runs.find(asker, id)).state]).toEqual([250, 1, 'running']);
    await owner.query('drop trigger dies on retention_batch');
    await owner.end();
    await room.anotherRunner().run(BANK, id);
    expect([await left(), (await proofs(id)).map(({ count }) => count)]).toEqual([0, [200, 200, 50]]);
  });

  it('of two who decide at once one does', async () => {
    await noteRead(stage, OLD);
    const looked = await look(room, [READS]);
    const { id } = await room.runs.create(asker, { mode: 'destroy', dryRun: looked.id }, null);
    const said = await Promise.allSettled([
      room.runs.decide(approver, id, { decision: 'approve', listRoot: looked.listRoot }, null),
      room.runs.decide(principal('compliance', { subject: 'third' }), id, { decision: 'refuse' }, null),
      room.runs.decide(asker, id, { decision: 'withdraw' }, null),
    ]);
    expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(
      stage.sql(`update retention_run set decision = 'approved', decided_by = asked_by, decided_at = now() where id = $1`, [id]),
    ).rejects.toThrow('retention_run_four_eyes');
  });

  it('of a day that has not come is not asked for; nothing due neither', async () => {
    await noteRead(stage, '2026-01-01T09:00:00+08:00');
    const ahead = await look(room, [READS], { asOf: '2031-01-02' });
    expect(ahead.found?.[0]?.due).toBe(1);
    await expect(room.runs.create(asker, { mode: 'destroy', dryRun: ahead.id }, null)).rejects.toMatchObject({
      kind: { code: 'not-due-yet' },
    });
    const none = await look(room, [READS]);
    await expect(room.runs.create(asker, { mode: 'destroy', dryRun: none.id }, null)).rejects.toMatchObject({
      kind: { code: 'nothing-due' },
    });
  });

  it('touches nothing of another institution, which sees nothing of it', async () => {
    const stranger = principal('compliance', { subject: 'x', institutionId: 'bank-2' });
    await noteRead(stage, OLD);
    await noteRead(stage, OLD, 'C1', 'bank-2');
    const run = await destroyed(room, [READS]);
    expect([await left(), await left('bank-2')]).toEqual([0, 1]);
    await expect(room.runs.find(stranger, run.id)).rejects.toMatchObject({ kind: { status: 404 } });
    await expect(room.proofs.certificate(stranger, run.id)).rejects.toMatchObject({ kind: { status: 404 } });
    await expect(room.runs.create(stranger, { mode: 'destroy', dryRun: run.dryRun }, null)).rejects.toMatchObject({
      kind: { status: 422 },
    });
  });

  it('the same key is the same run', async () => {
    const key = { key: 'run', hash: Buffer.from('h') };
    const first = await room.runs.create(asker, { mode: 'dry-run', kinds: [READS] }, key);
    expect((await room.runs.create(asker, { mode: 'dry-run', kinds: [READS] }, key)).id).toBe(first.id);
  });
});
