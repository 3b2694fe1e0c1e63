import { inTransaction } from '#pg';
import type { RetentionRoom } from '#retention';
import { approved, approver, asker, look, noteRead, retentionAt } from '../../testing/retention-stage.ts';
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
  await stage.sql('delete from retention_hold');
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
const waiting = async (): Promise<number> =>
  (await stage.sql(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).length;
const hold = (value: string, scope: 'case' | 'kind' = 'case') => room.holds.place(asker, { scope, value, reason: '诉讼' }, null);
async function release(id: string): Promise<void> {
  await room.holds.askRelease(asker, id, { reason: '结案' }, null);
  await room.holds.decideRelease(approver, id, 'approve', null);
}

describe('a hold', () => {
  it('that is placed while a run is under way wins for everything that is not destroyed yet', async () => {
    await many(3000);
    const id = await approved(room, [READS]);
    const running = room.runner.run(BANK, id);
    // The first batch is gone, and many are not.
    while ((await left()) === 3000);
    const { id: placed } = await room.holds.place(asker, { scope: 'kind', value: READS, reason: '检查' }, null);
    const atHold = await left();
    await running;
    expect(await left()).toBe(atHold);
    expect(atHold).toBeGreaterThan(0);
    const [result] = (await room.runs.find(asker, id)).destroyed ?? [];
    expect(result).toMatchObject({ destroyed: 3000 - atHold, held: atHold });
    await release(placed);
  });

  it('waits for the batch that is in the making, and none comes between its look and its deed', async () => {
    await noteRead(stage, OLD, 'H1');
    const id = await approved(room, [READS]);
    let go: () => void = () => undefined;
    const waits = new Promise<void>((resolve) => (go = resolve));
    let stands: () => void = () => undefined;
    const inGate = new Promise<void>((resolve) => (stands = resolve));
    // Somebody who places a hold and has not committed.
    const placing = inTransaction(stage.source, { institutionId: BANK }, async (tx) => {
      await tx.query('insert into retention_gate (institution_id) values ($1) on conflict do nothing', [BANK]);
      await tx.query('select from retention_gate where institution_id = $1 for update', [BANK]);
      await tx.query(
        `insert into retention_hold (institution_id, scope, value, reason_sealed, placed_by, placed_at) values ($1, 'case', 'H1', '', 'u', now())`,
        [BANK],
      );
      stands();
      await waits;
    });
    await inGate;
    const running = room.runner.run(BANK, id);
    // Until the runner stands at the gate, or has gone past it.
    while ((await waiting()) === 0 && (await left()) > 0);
    go();
    await Promise.all([placing, running]);
    expect((await room.runs.find(asker, id)).destroyed?.[0]).toMatchObject({ destroyed: 0, held: 1 });
    expect(await left()).toBe(1);
  });

  it('is released by another person than who asked for it, and says why to who reads it', async () => {
    const { id } = await hold('C7');
    await expect(room.holds.decideRelease(approver, id, 'approve', null)).rejects.toMatchObject({ kind: { code: 'no-release-asked' } });
    await room.holds.askRelease(asker, id, { reason: '撤诉' }, null);
    await expect(room.holds.decideRelease(asker, id, 'approve', null)).rejects.toMatchObject({ kind: { code: 'own-proposal' } });
    const said = await Promise.allSettled([
      room.holds.decideRelease(approver, id, 'approve', null),
      room.holds.decideRelease(principal('compliance', { subject: 'third' }), id, 'refuse', null),
    ]);
    expect(said.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await room.holds.find(principal('regulator'), id, 'req')).toMatchObject({ reason: '诉讼' });
    const reads = await stage.sql(`select from personal_data_read where resource = 'retention-hold'`);
    expect(reads).toHaveLength(1);
  });

  it('over a person keeps whatever holds many people’s data', async () => {
    await stage.sql(
      `insert into import (institution_id, kind, upload_bytes, file_name, state, requested_by, finished_at) values ($1, 'cases', 1, 'f.csv', 'done', 'u', $2)`,
      [BANK, OLD],
    );
    const { id } = await room.holds.place(asker, { scope: 'subject', value: 'D1', reason: 'x' }, null);
    expect((await look(room, ['import'])).found?.[0]).toMatchObject({ due: 0, held: 1 });
    await release(id);
    expect((await look(room, ['import'])).found?.[0]).toMatchObject({ due: 1, held: 0 });
  });
});
