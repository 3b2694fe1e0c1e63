import { INVALID } from '#problem';
import { EVERY_INSTITUTION } from '#pg';
import { openComplaints, type Run } from '../../testing/open-complaints.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import { Supervision } from '../../testing/supervision.ts';
import type { ForecastItem } from './forecast.dto.ts';

let stage: Stage;
let desk: Supervision;
const sql: Run = (text, values) => stage.sql(text, values, EVERY_INSTITUTION);

beforeAll(async () => {
  stage = await Stage.open();
  desk = new Supervision(stage);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-03-01T12:00:00+08:00';
  for (const table of ['forecast', 'forecast_call', 'timeline', 'complaint_search', 'complaint']) await sql(`delete from ${table}`, []);
});

/** So many that took so many days, told in the months before. */
async function past(days: number, count: number, category = 'fees', institutionId = 'bank-1'): Promise<void> {
  const ids = await openComplaints(sql, { receivedOn: '2025-12-01', count, category, institutionId, handler: 'wang' });
  await sql(
    `update complaint set told_at = received_at + $2 * interval '1 day', decided_at = received_at + $2 * interval '1 day', closed_at = received_at + $2 * interval '1 day',
       state = case when $2 > 15 then 'missed' else 'met' end, wake_at = null where id = any($1)`,
    [ids, days],
  );
}
const open = async (receivedOn: string, category = 'fees', whose: string | null = 'li'): Promise<string> =>
  (await openComplaints(sql, { receivedOn, category, handler: whose, subjectSealed: stage.vault.seal('年费', 'complaint.subject') }))[0] ??
  '';
async function said(id: string): Promise<ForecastItem | undefined> {
  await desk.forecasts.compute();
  const rows = await sql<Pick<ForecastItem, 'probability' | 'bucket'> & { basis: string; sample: number; longer: number }>(
    'select probability, bucket, basis, sample, longer from forecast where complaint = $1',
    [id],
  );
  return rows[0] as never;
}

describe('the forecast', () => {
  it('is the share of those in the past that had taken as long, and took longer than there is left', async () => {
    // Of forty, thirty had not ended on day ten; twelve of those took more than fifteen days.
    await past(5, 10);
    await past(12, 18);
    await past(20, 12);
    const id = await open('2026-02-19');
    expect(await said(id)).toMatchObject({ basis: 'category', sample: 30, longer: 12, probability: 0.4, bucket: 'medium' });
  });

  it('asks the whole institution where the category has too few, and says a default where there is no past', async () => {
    await past(20, 29);
    const id = await open('2026-02-19');
    expect(await said(id)).toMatchObject({ basis: 'default', sample: 0, probability: 0.15, bucket: 'low' });
    await past(12, 31, 'other');
    expect(await said(id)).toMatchObject({ basis: 'institution', sample: 60, longer: 29, bucket: 'medium' });
    // Another bank's past is not ours.
    await past(20, 500, 'fees', 'bank-2');
    expect(await said(id)).toMatchObject({ sample: 60 });
  });

  it('sees that nobody has begun, and that a handler is behind', async () => {
    const nobody = await open('2026-02-16', 'fees', null);
    expect(await said(nobody)).toMatchObject({ probability: 0.5, bucket: 'high' });
    const ids = await openComplaints(sql, { receivedOn: '2026-02-20', count: 10, handler: 'wang' });
    await past(10, 6);
    await sql(`update complaint set decided_at = '2026-02-20T10:00:00+08:00' where decided_at is not null`, []);
    await desk.forecasts.compute();
    const rows = await sql<{ place: number; probability: number }>(
      'select place, probability from forecast where complaint = any($1) order by place',
      [ids],
    );
    // Six in thirty days: in the seven days that there are, one.
    expect(rows.map(({ probability }) => probability >= 0.5)).toEqual([false, ...Array<boolean>(9).fill(true)]);
  });

  it('leaves out what is over, paused, decided or gone', async () => {
    const id = await open('2026-02-19');
    expect(await said(id)).toBeDefined();
    await sql(`update complaint set state = 'paused' where id = $1`, [id]);
    expect(await said(id)).toBeUndefined();
    expect(await said(await open('2026-02-01'))).toBeUndefined();
  });

  it('is computed once by two at once, and changes nothing where nothing changed', async () => {
    const id = await open('2026-02-16');
    const computed = await Promise.all([1, 2, 3, 4].map(() => desk.forecasts.compute()));
    expect(computed).toContain(true);
    const version = async (): Promise<unknown> => (await sql('select xmin::text from forecast where complaint = $1', [id]))[0];
    const before = await version();
    await desk.forecasts.compute();
    expect(await version()).toEqual(before);
  });
});

describe('the list', () => {
  it('shows the likeliest first, with the reasons, masked by role, in pages', async () => {
    const ids = [await open('2026-02-16', 'fees', null), await open('2026-02-19'), await open('2026-02-18', 'x', handler.subject)];
    await stage.sql('update complaint set name_sealed = $1, narrative_sealed = $2, requests_sealed = $3, contact_sealed = null', [
      stage.vault.seal('年费', 'complaint.name'),
      stage.vault.seal('n', 'complaint.narrative'),
      stage.vault.seal('[]', 'complaint.requests'),
    ]);
    await desk.forecasts.compute();
    const { items } = await desk.forecasts.list(supervisor, {}, 'r5');
    expect(items.map(({ complaintId }) => complaintId)).toEqual([ids[0], ...items.slice(1).map(({ complaintId }) => complaintId)]);
    expect(items[0]).toMatchObject({
      subject: '年费',
      bucket: 'high',
      reasons: [{ code: 'default' }, { code: 'unassigned', data: { daysLeft: 2 } }],
    });
    expect((await desk.forecasts.list(principal('compliance'), {}, 'r6')).items[0]?.subject).not.toBe('年费');
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await desk.forecasts.list(supervisor, { limit: 1, cursor: cursor ?? undefined }, 'r5');
      seen.push(...page.items.map(({ complaintId }) => complaintId));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(items.map(({ complaintId }) => complaintId));
    expect((await desk.forecasts.list(handler, { handler: 'me' }, 'r5')).items.map(({ complaintId }) => complaintId)).toEqual([ids[2]]);
    expect((await desk.forecasts.list(handler, { handler: 'none', bucket: 'high' }, 'r5')).items).toHaveLength(1);
    await expect(desk.forecasts.list(handler, { cursor: 'x' }, 'r5')).rejects.toMatchObject({ kind: INVALID });
  });
});

describe('calibration', () => {
  it('holds what was said against what happened', async () => {
    const [late, met, gone] = [
      await open('2026-02-16', 'fees', null),
      await open('2026-02-16', 'fees', null),
      await open('2026-02-16', 'fees', null),
    ];
    await desk.forecasts.compute();
    await sql(
      `update complaint set state = 'met', closed_at = '2026-03-01T13:00:00+08:00', told_at = '2026-03-01T13:00:00+08:00', wake_at = null where id = $1`,
      [met],
    );
    await sql(`update complaint set state = 'withdrawn', closed_at = '2026-03-01T13:00:00+08:00', wake_at = null where id = $1`, [gone]);
    stage.now = '2026-03-05T12:00:00+08:00';
    await desk.forecasts.compute();
    await desk.forecasts.compute();
    const { rows } = await desk.forecasts.calibration(supervisor);
    expect(rows[0]).toEqual({ bucket: 'high', said: 3, known: 2, late: 1, saidShare: 0.5, happenedShare: 0.5 });
    expect(rows[2]).toEqual({ bucket: 'low', said: 0, known: 0, late: 0, saidShare: null, happenedShare: null });
    expect(late).not.toBe('');
  });
});
