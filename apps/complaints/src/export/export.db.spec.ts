import { readTable, bufferSource } from '#tabular';
import type { Principal } from '#auth';
import { INVALID, NOT_FOUND } from '#problem';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { handler, principal, Stage } from '../../testing/stage.ts';
import { Supervision } from '../../testing/supervision.ts';
import type { ExportRequest } from './export.dto.ts';
import { EXPORT_EXPIRED, EXPORT_NOT_READY } from './export.refusals.ts';

let stage: Stage;
let desk: Supervision;
const compliance = principal('compliance');

beforeAll(async () => {
  stage = await Stage.open();
  desk = new Supervision(stage);
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-21T15:00:00+08:00'));

const request = (more: Partial<ExportRequest> = {}, who: Principal = handler) =>
  desk.exports.request(who, { format: 'csv', ...more }, null);
async function bytesOf(id: string, who: Principal = handler): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of (await desk.exports.file(who, id)).open()) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('an export', () => {
  it('is the list by the filter, and noted as read', async () => {
    const { id, number } = await stage.register({ category: 'file-1', subject: '=HYPERLINK("x")' });
    await stage.register({ category: 'file-2' });
    const asked = await request({ filter: { category: 'file-1', channel: '' } });
    expect(asked).toMatchObject({ state: 'queued', masked: false, filter: { category: 'file-1' }, available: false });
    await expect(desk.exports.file(handler, asked.id)).rejects.toMatchObject({ kind: EXPORT_NOT_READY });
    await Promise.all([desk.exportRunner.run('bank-1', asked.id), desk.exportRunner.run('bank-1', asked.id)]);
    const done = await desk.exports.find(handler, asked.id);
    expect(done).toMatchObject({ state: 'done', rows: 1, available: true, expiresAt: '2026-11-28T15:00:00+08:00' });
    const text = (await bytesOf(asked.id)).toString();
    expect(text.split('\r\n')).toHaveLength(3);
    expect(text).toContain(`${number},`);
    expect(text).toContain('张三');
    // A spreadsheet does not run it.
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    const reads = await stage.sql(`select from personal_data_read where request_id = $1 and $2 = any(resource_ids)`, [asked.id, id]);
    expect(reads.length).toBeGreaterThan(0);
    expect(await stage.sql('select from complaint_export_download where export = $1', [asked.id])).toHaveLength(1);
  });

  it('is masked for who sees no personal data, of more than a page, as a workbook too', async () => {
    await stage.sql(
      `insert into complaint (institution_id, number, content_hash, channel, category, received_at, registered_at, time_zone, pack, name_sealed, subject_sealed, narrative_sealed,
         requests_sealed, source, registered_by, state, term_id, day0, due_on, due_at, due_set_at)
       select institution_id, number || n, content_hash, channel, 'many', received_at, registered_at, time_zone, pack, name_sealed, subject_sealed, narrative_sealed, requests_sealed,
         source, registered_by, state, term_id, day0, due_on, due_at, due_set_at from (select * from complaint where category = 'file-2' limit 1) c, generate_series(1, 1100) n`,
    );
    const asked = await request({ filter: { category: 'many' } }, compliance);
    await desk.exportRunner.run('bank-1', asked.id);
    expect(await desk.exports.find(compliance, asked.id)).toMatchObject({ rows: 1100, masked: true });
    const text = (await bytesOf(asked.id, compliance)).toString();
    expect(text).toContain('张*');
    expect(text).not.toContain('张三');
    const workbook = await request({ format: 'xlsx', filter: { category: 'many' } }, compliance);
    await desk.exportRunner.run('bank-1', workbook.id);
    let rows = 0;
    const source = bufferSource(await bytesOf(workbook.id, compliance));
    for await (const batch of readTable(source, [{ name: '编号 number' }] as never, { others: 'ignore' })) rows += batch.rows.length;
    expect(rows).toBe(1100);
    expect(await stage.sql('select from personal_data_read where request_id = $1', [asked.id])).toEqual([]);
  });

  it('of chosen ones has them in their order, and none of another institution', async () => {
    const [a, b] = [await stage.register(), await stage.register()];
    const strange = await stage.register({}, principal('complaint-handler', { institutionId: 'bank-2' }));
    const asked = await request({ ids: [b.id, strange.id, a.id] });
    await desk.exportRunner.run('bank-1', asked.id);
    const lines = (await bytesOf(asked.id)).toString().split('\r\n').slice(1, -1);
    expect(lines.map((line) => line.split(',')[0])).toEqual([b.number, a.number]);
  });

  it('is for whoever asked alone, stops when asked to, and goes after seven days', async () => {
    const { id } = await request({ filter: { category: 'file-1' } });
    await desk.exportRunner.run('bank-1', id);
    const others = principal('complaint-handler', { subject: 'li' });
    await expect(desk.exports.file(others, id)).rejects.toMatchObject({ kind: NOT_FOUND });
    await expect(desk.exports.find(others, id)).rejects.toMatchObject({ kind: NOT_FOUND });
    expect((await desk.exports.list(others, {})).items).toEqual([]);
    stage.now = '2026-11-28T15:00:00+08:00';
    await expect(desk.exports.file(handler, id)).rejects.toMatchObject({ kind: EXPORT_EXPIRED });
    const over = await inTransaction(stage.source, { institutionId: EVERY_INSTITUTION }, (tx) =>
      desk.exportStore.expire(tx, new Date('2026-11-28T15:00:00+08:00')),
    );
    expect(over.length).toBeGreaterThan(0);
    expect(await desk.exports.find(handler, id)).toMatchObject({ state: 'done', available: false });
    const stopped = await request();
    expect(await desk.exports.cancel(handler, stopped.id)).toMatchObject({ state: 'cancelled' });
    await desk.exportRunner.run('bank-1', stopped.id);
    expect(await desk.exports.find(handler, stopped.id)).toMatchObject({ state: 'cancelled', available: false });
  });

  it('is one for a key, and refuses what makes no sense', async () => {
    const key = { key: 'E1', hash: Buffer.alloc(32, 1) };
    const all = await Promise.all([1, 2, 3].map(() => desk.exports.request(handler, { format: 'csv' }, key)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    await expect(request({ ids: ['x'] })).rejects.toMatchObject({ kind: INVALID });
    await expect(request({ ids: [], filter: {} })).rejects.toMatchObject({ kind: INVALID });
  });
});
