import { createHash } from 'node:crypto';
import { Installation, type Reply, type Who } from './harness.ts';
import { eventually } from './start/running.ts';

// Agencies under the bank's eyes, with real processes: an inspection from plan to verdict, and what the worker does when a day passes.

let bank: Installation;
beforeAll(async () => {
  bank = await Installation.open({ env: { OVERSIGHT_EVERY_MS: '200' } });
  const header = 'institutionId,agencyId,name,licence,status,published,contractFrom,contractTo,lastEvaluatedOn,phone,address';
  // The second was evaluated long ago: people are to be told.
  const rows = [',A1,甲催收,L1,active,true,2020-01-01,,2026-10-01,,', ',A2,乙催收,L2,active,true,2020-01-01,,2024-10-01,,'];
  await bank.import('agencies', `${header}\n${rows.join('\n')}\n`);
});
afterAll(async () => {
  const said = bank.logs();
  await bank.close();
  expect(said).not.toContain('unexpected error');
});

const lin: Who = { role: 'compliance', subject: 'lin' };
const he: Who = { role: 'head-office-approver', subject: 'he' };
const agency: Who = { role: 'agency-supervisor', agencyId: 'A1' };
const stranger: Who = { role: 'agency-supervisor', agencyId: 'A2' };

async function done(reply: Promise<Reply>): Promise<Reply['json']> {
  const { status, text, json } = await reply;
  expect(`${status} ${text.slice(0, 400)}`).toMatch(/^20[01] /);
  return json;
}
const post = (path: string, body: object | undefined, as: Who = lin): Promise<Reply> =>
  bank.call(path, { as, method: 'POST', ...(body && { body }) });
const day = (days: number): string => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

describe('an inspection over HTTP', () => {
  it('goes from the plan to the verdict, with evidence, and is nobody else’s', async () => {
    const { id } = await done(post('/v1/inspections', { agencyId: 'A1', kind: 'off-site', plannedOn: day(1) }));
    const { items } = await done(post(`/v1/inspections/${id}/beginning`, undefined));
    const answers = items.map(({ itemId }: { itemId: string }) => ({ itemId, answer: 'ok' }));
    await done(bank.call(`/v1/inspections/${id}/answers`, { as: lin, method: 'PUT', body: { answers } }));
    const finding = { itemId: 'calls', severity: 'major', summary: '未经许可外呼', dueOn: day(10) };
    const found = await done(post(`/v1/inspections/${id}/findings`, finding));
    expect((await bank.call(`/v1/inspections/${id}`, { as: agency })).status).toBe(404);
    await done(post(`/v1/inspections/${id}/completion`, { summary: '一项' }));
    await done(bank.call(`/v1/inspections/${id}`, { as: agency }));
    expect((await bank.call(`/v1/inspections/${id}`, { as: stranger })).status).toBe(404);
    const form = new FormData();
    form.set('finding', found.id);
    form.set('file', new Blob(['proof']), '证据.txt');
    const file = await done(bank.call(`/v1/inspections/${id}/files`, { as: agency, body: form }));
    expect(file.sha256).toBe(createHash('sha256').update('proof').digest('hex'));
    const download = await bank.call(`/v1/inspections/${id}/files/${file.id}`, { as: lin });
    expect([download.status, download.text]).toEqual([200, 'proof']);
    expect((await bank.call(`/v1/inspections/${id}/files/${file.id}`, { as: stranger })).status).toBe(404);
    const report = `/v1/inspection-findings/${found.id}/rectifications`;
    expect((await post(report, { report: '已改' }, stranger)).status).toBe(404);
    await done(post(report, { report: '已改' }, agency));
    expect((await post(`/v1/inspection-findings/${found.id}/verification`, { verdict: 'accepted', note: '好' }, agency)).status).toBe(403);
    expect(await done(post(`/v1/inspection-findings/${found.id}/verification`, { verdict: 'accepted', note: '已核' }))).toMatchObject({
      state: 'accepted',
    });
  });
});

describe('a sanction over HTTP', () => {
  it('is approved by a second person, suspends, has its letter, and refuses fields that nobody knows', async () => {
    const path = '/v1/agencies/A1/sanctions';
    const request = { step: 'rights-suspended', reason: '深夜外呼', untilOn: day(30) };
    expect((await post(path, request)).json.errors).toMatchObject([{ pointer: '/skipReason', source: 'HLJ 36' }]);
    expect((await post(path, { ...request, fine: 100 })).status).toBe(422);
    const { id } = await done(post(path, { ...request, skipReason: '情节严重' }));
    expect((await post(`/v1/sanctions/${id}/approval`, undefined)).status).toBe(403);
    await done(post(`/v1/sanctions/${id}/approval`, undefined, he));
    expect((await bank.call('/v1/agencies/A1', { as: lin })).json).toMatchObject({ status: 'suspended' });
    const letter = await bank.call(`/v1/sanctions/${id}/letter.pdf`, { as: agency });
    expect([letter.status, letter.text.slice(0, 5)]).toEqual([200, '%PDF-']);
    expect((await bank.call(`/v1/sanctions/${id}`, { as: stranger })).status).toBe(404);
  });
});

describe('the worker', () => {
  it('tells people of an evaluation that is late, and of an inspection that nobody plans', async () => {
    await eventually('the tasks of A2', async () => {
      const { json } = await bank.call('/v1/tasks?limit=100', { as: lin });
      const kinds = (json.items as { kind: string; resource: string }[])
        .filter(({ resource }) => resource.startsWith('agency/A2/'))
        .map(({ kind }) => kind);
      return kinds.includes('evaluate-agency') && kinds.includes('plan-inspection');
    });
    // Nobody is suspended for what people have only just heard of.
    expect((await bank.call('/v1/agencies/A2', { as: lin })).json).toMatchObject({ status: 'active' });
    expect(await done(bank.call('/v1/agencies/A2/scorecard', { as: stranger }))).toMatchObject({ agencyId: 'A2' });
    expect((await bank.call('/v1/agencies/A1/scorecard', { as: stranger })).status).toBe(404);
  });
});
