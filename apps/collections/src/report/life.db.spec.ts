import { hashOf } from '#idempotency';
import { EVERY_INSTITUTION } from '#pg';
import { Refusal } from '#problem';
import type { ReportDocument } from '#render';
import { manager, OCTOBER, ReportRoom } from '../../testing/report-room.ts';
import { BANK, principal } from '../../testing/stage.ts';

const compliance = principal('compliance');
const second = principal('compliance', { subject: 'compliance-2' });

let room: ReportRoom;
beforeAll(async () => {
  room = await ReportRoom.open();
});
afterAll(() => room.stage.close());

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => {
      if (error instanceof Refusal) return error.kind.code;
      throw error;
    },
  );
const document = async (id: string): Promise<ReportDocument> =>
  JSON.parse((await room.content(id, 'report.json')).toString()) as ReportDocument;

let drafts = 0;
/** A draft, as a schedule leaves it; each of a period of its own, since a schedule makes one of each. */
async function draft(): Promise<string> {
  const id = await room.made();
  drafts += 1;
  await room.stage.sql(
    `update report set state = 'draft', origin = 'schedule', requested_by = 'schedule', period_to = period_to + $2::int where id = $1`,
    [id, drafts],
  );
  return id;
}

describe('cancelling', () => {
  it('stops what waits or is being made, and drops drafts, once', async () => {
    const { id } = await room.ask();
    expect((await room.life.cancel(manager, id)).state).toBe('cancelled');
    expect(await room.life.cancel(second, id)).toMatchObject({ state: 'cancelled', endedBy: manager.subject });
    await room.runner.run(BANK, id);
    expect(await room.service.find(manager, id)).toMatchObject({ state: 'cancelled', files: [], pins: null });
    expect((await room.life.cancel(manager, await draft())).state).toBe('cancelled');
    expect(await codeOf(room.life.cancel(manager, await room.made()))).toBe('report-not-cancellable');
  });

  it('while it is being made: one of the two happens', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { id } = await room.ask();
      await Promise.all([room.runner.run(BANK, id), codeOf(room.life.cancel(manager, id))]);
      const { state, files } = await room.service.find(manager, id);
      expect([state, files.length]).toEqual(state === 'cancelled' ? ['cancelled', 0] : ['done', 3]);
    }
  });
});

describe('signing', () => {
  it('takes four eyes: whoever asked does not sign', async () => {
    const own = await room.made({}, compliance);
    expect(await codeOf(room.life.signOff(compliance, own, null))).toBe('own-report');
    expect(await room.life.signOff(second, own, null)).toMatchObject({ state: 'signed', signedBy: 'compliance-2' });
    // Nor does the database let it pass.
    const other = await room.made({}, compliance);
    await expect(
      room.stage.sql(`update report set state = 'signed', signed_by = requested_by, signed_at = now() where id = $1`, [other]),
    ).rejects.toMatchObject({ constraint: 'report_four_eyes' });
    expect((await room.life.signOff(compliance, await draft(), null)).state).toBe('signed');
  });

  it('happens once, whoever races, and a key that comes again is answered again', async () => {
    const id = await draft();
    const signers = Array.from({ length: 6 }, (_, n) => principal('compliance', { subject: `s${n}` }));
    const outcomes = await Promise.all(signers.map((who) => codeOf(room.life.signOff(who, id, null))));
    expect(outcomes.toSorted()).toEqual(['done', ...Array.from({ length: 5 }, () => 'report-not-signable')].toSorted());
    const again = await draft();
    const key = { key: 'sign-1', hash: hashOf(`POST /v1/reports/${again}/sign-off`, {}) };
    const answers = await Promise.all([1, 2, 3].map(() => room.life.signOff(compliance, again, key)));
    expect(new Set(answers.map(({ signedAt }) => signedAt)).size).toBe(1);
  });

  it('and cancelling race: one wins', async () => {
    for (let round = 0; round < 4; round += 1) {
      const id = await draft();
      const outcomes = await Promise.all([codeOf(room.life.signOff(compliance, id, null)), codeOf(room.life.cancel(manager, id))]);
      const { state } = await room.service.find(manager, id);
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
      expect(['signed', 'cancelled']).toContain(state);
    }
  });

  it('only what is made, and only of the own institution', async () => {
    const { id } = await room.ask();
    expect(await codeOf(room.life.signOff(compliance, id, null))).toBe('report-not-signable');
    expect(await codeOf(room.life.signOff(principal('compliance', { institutionId: 'bank-2' }), id, null))).toBe('not-found');
    expect(await codeOf(room.life.signOff(principal('compliance', { agencyId: 'a2' }), id, null))).toBe('forbidden');
    expect(await codeOf(room.life.signOff(compliance, 'x', null))).toBe('not-found');
  });
});

it('what is signed never changes, whoever tries, in the database itself', async () => {
  const id = await room.signed();
  const attempts = [
    `update report set period_to = period_to + 1 where id = $1`,
    `update report set state = 'done', signed_by = null, signed_at = null where id = $1`,
    `delete from report where id = $1`,
    `update report_file set sha256 = '\\x00' where report = $1`,
    `delete from report_file where report = $1`,
    `insert into report_file select institution_id, report, 99, 'more.csv', format, upload, bytes, sha256 from report_file where report = $1 limit 1`,
    `update report_figure set value = 1 where report = $1`,
    `delete from report_figure where report = $1`,
    `delete from upload_chunk where upload in (select upload from report_file where report = $1)`,
    `update upload_chunk set seq = seq + 10 where upload in (select upload from report_file where report = $1)`,
  ];
  for (const sql of attempts)
    await expect(room.stage.sql(sql, [id], EVERY_INSTITUTION)).rejects.toMatchObject({ constraint: 'report_stays' });
  await expect(room.stage.sql('delete from upload where id in (select upload from report_file where report = $1)', [id])).rejects.toThrow(
    /report_file|signed/,
  );
  const before = await room.content(id, 'report.json');
  await room.stage.uploads.sweep();
  expect((await room.content(id, 'report.json')).equals(before)).toBe(true);
});

describe('a correction', () => {
  it('is another version of the same period that says what it changes, and takes its place when another signs it', async () => {
    const id = await room.signed();
    const was = await document(id);
    await room.stage.sql(`delete from contact`);
    await room.stage.sql(
      `delete from decision where id = (select id from decision where verdict = 'refused' and decided_at between '2026-10-02' and '2026-10-20' limit 1)`,
    );
    const made = await room.life.correct(manager, id, { reason: '一条测试记录误计入' }, null);
    expect(made).toMatchObject({ state: 'queued', version: 2, corrects: id, origin: 'correction', period: OCTOBER });
    await room.runner.run(BANK, made.id);
    const is = await document(made.id);
    const value = (of: ReportDocument, figure: string): unknown => of.figures.find((one) => one.id === figure)?.value;
    expect([value(was, 'asked'), value(is, 'asked')]).toEqual([10, 9]);
    expect(is.edition).toMatchObject({ version: 2, correction: { of: id, version: 1, reason: '一条测试记录误计入' } });
    expect(is.edition?.correction?.changes.find((one) => one.id === 'asked')).toMatchObject({ before: 10, after: 9 });
    expect(is.edition?.correction?.changes.some((one) => one.id === 'permitted')).toBe(false);
    expect((await room.service.find(manager, made.id)).state).toBe('draft');
    // Until then the first one holds.
    expect((await room.service.find(manager, id)).state).toBe('signed');
    expect(await codeOf(room.life.signOff(manager, made.id, null))).toBe('own-report');
    await room.life.signOff(compliance, made.id, null);
    const { items } = await room.service.versions(manager, made.id);
    expect(items.map(({ version, state }) => [version, state])).toEqual([
      [1, 'superseded'],
      [2, 'signed'],
    ]);
    expect(await room.service.versions(manager, id)).toEqual({ items });
    expect((await document(id)).figures).toEqual(was.figures);
    expect(await codeOf(room.life.correct(manager, id, { reason: 'r' }, null))).toBe('report-not-correctable');
  });

  it('is one at a time, though many ask, and may be asked for again when it was dropped', async () => {
    const id = await room.signed();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => codeOf(room.life.correct(manager, id, { reason: 'r' }, null))));
    expect(outcomes.toSorted()).toEqual(['done', ...Array.from({ length: 4 }, () => 'report-correction-open')].toSorted());
    const [open] = (await room.service.versions(manager, id)).items.filter(({ version }) => version === 2);
    await room.life.cancel(manager, open?.id ?? '');
    const key = { key: 'correct-1', hash: hashOf(`POST /v1/reports/${id}/corrections`, { reason: 'again' }) };
    const [one, two] = [
      await room.life.correct(manager, id, { reason: 'again' }, key),
      await room.life.correct(manager, id, { reason: 'again' }, key),
    ];
    expect(one.id).toBe(two.id);
    expect(await codeOf(room.life.correct(manager, await room.made(), { reason: 'r' }, null))).toBe('report-not-correctable');
  });
});

it('every figure opens to its rows, page by page, from what was pinned', async () => {
  const id = await room.made({ formats: ['json'] });
  const { figures, tables } = await document(id);
  const rows = async (figure: string): Promise<number> => {
    let [count, cursor]: [number, string | null] = [0, null];
    do {
      const page = await room.service.rows(manager, id, figure, { limit: 3, ...(cursor === null ? {} : { cursor }) });
      count += page.items.length;
      cursor = page.nextCursor;
    } while (cursor !== null);
    return count;
  };
  for (const { id: figure, value, trace } of figures)
    if (trace.measure === 'count') expect([figure, await rows(figure)]).toEqual([figure, value]);
  const agency = tables.find((table) => table.id === 'by-agency')?.rows[0];
  expect(await rows(`by-agency.${agency?.key}.asked`)).toBe(agency?.cells[0]?.value);
  await room.stage.sql('delete from lookback_finding');
  expect(await rows('lookback-findings')).toBe(5);
  expect(await codeOf(room.service.rows(manager, id, 'nothing', {}))).toBe('not-found');
  expect(await codeOf(room.service.rows(principal('compliance', { institutionId: 'bank-2' }), id, 'asked', {}))).toBe('not-found');
});

it('a public version leaves small numbers out, and the rows with them', async () => {
  const id = await room.made({ audience: 'public', formats: ['json', 'csv'], csvBom: false });
  const view = await room.service.find(manager, id);
  expect(view.files.map(({ name }) => name)).toEqual(['figures.csv', 'report.json']);
  const { figures, tables } = await document(id);
  const numbers = [...figures, ...tables.flatMap((table) => table.rows.flatMap(({ cells }) => cells))];
  expect(numbers.filter(({ value, trace }) => trace.measure === 'count' && value !== null && value > 0 && value < 5)).toEqual([]);
  expect(numbers.some(({ suppressed }) => suppressed)).toBe(true);
  expect((await room.content(id, 'figures.csv')).toString().startsWith('id,')).toBe(true);
  expect(await codeOf(room.service.rows(manager, id, 'asked', {}))).toBe('report-without-rows');
});

it('a regulator sees what is signed, and knows nothing of the rest', async () => {
  const regulator = principal('regulator');
  const [made, signed] = [await room.made(), await room.signed()];
  const { items } = await room.service.list(regulator, { limit: 200 });
  expect(items.map(({ id }) => id)).toContain(signed);
  expect(items.filter(({ state }) => state !== 'signed' && state !== 'superseded')).toEqual([]);
  expect((await room.service.list(regulator, { state: 'done' })).items).toEqual([]);
  expect((await room.service.find(regulator, signed)).state).toBe('signed');
  const { id: correction } = await room.life.correct(principal('compliance', { subject: 'c-2' }), signed, { reason: 'x' }, null);
  expect((await room.service.versions(regulator, signed)).items.map(({ id }) => id)).toEqual([signed]);
  for (const id of [made, correction]) {
    await expect(room.service.find(regulator, id)).rejects.toMatchObject({ kind: { code: 'not-found' } });
    await expect(room.service.file(regulator, id, 'rows.csv')).rejects.toMatchObject({ kind: { code: 'not-found' } });
    await expect(room.service.rows(regulator, id, 'asked', {})).rejects.toMatchObject({ kind: { code: 'not-found' } });
  }
});

it('what becomes of a report is evidence: signed, corrected, its schedules and where it goes', async () => {
  const records = (about: string): Promise<{ kind: string; actor: string; body: Record<string, unknown> }[]> =>
    room.stage.sql(
      `select kind, actor, body from evidence_record where kind like 'report-%' and body::text like '%' || $1 || '%' order by id`,
      [about],
    );
  const target = await room.deliveries.addTarget(compliance, { name: 'portal', channel: 'portal' }, null);
  const signed = await room.signed();
  const { id: correction } = await room.life.correct(second, signed, { reason: '张三 was counted twice' }, null);
  await room.runner.run(BANK, correction);
  await room.life.signOff(compliance, correction, null);
  const kinds = (await records(signed)).map(({ kind }) => kind);
  expect(kinds.toSorted()).toEqual(['report-asked', 'report-corrected', 'report-delivered', 'report-made', 'report-signed']);
  const [delivered] = (await records(signed)).filter(({ kind }) => kind === 'report-delivered');
  const { files } = await room.service.find(compliance, signed);
  expect(delivered?.body).toMatchObject({
    targetId: target.id,
    state: 'delivered',
    files: files.map(({ name, sha256 }) => ({ name, sha256 })),
  });
  expect(JSON.stringify(await records(correction))).not.toContain('张三');
  const order = { kind: 'collections-compliance', frequency: 'yearly' as const, formats: ['pdf' as const] };
  const schedule = await room.schedules.create(compliance, order, null);
  await room.schedules.pause(compliance, schedule.id);
  await room.schedules.end(compliance, schedule.id);
  expect((await records(schedule.id)).map(({ body }) => body['change'])).toEqual(['added', 'changed', 'ended']);
  expect((await records(target.id)).filter(({ kind }) => kind === 'report-target').map(({ body }) => body['change'])).toEqual(['added']);
});
