import { toCommand } from '../clock/event-command.ts';
import { handler, headOffice, principal, Stage, supervisor } from '../../testing/stage.ts';
import { key, SortingStage } from '../../testing/sorting.ts';
import { OUR_SETTINGS } from './signals.ts';

let stage: Stage;
let room: SortingStage;
const compliance = principal('compliance');

beforeAll(async () => {
  stage = await Stage.open();
  room = new SortingStage(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const TEXT = '本人在贵行办理信用卡，被收取高额利息及违约金，要求全额退还已收取的利息和费用，并向本人书面道歉，否则将继续投诉。';
const asked = (complaintId: string, who = supervisor, keyed: string | null = null) => ({
  principal: who,
  complaintId,
  idempotency: keyed === null ? null : key(keyed),
  requestId: 'r',
});
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { kind?: { code: string } }) => error.kind?.code ?? String(error),
  );
let people = 0;
async function campaign(count: number, more: { text?: string; contact?: string; proxy?: string } = {}): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    people += 1;
    const proxy = more.proxy ? { name: more.proxy } : null;
    const complainant = {
      name: `某${people}`,
      idNumber: `23010019900101${1000 + people}`,
      contact: more.contact ?? `1540000${1000 + people}`,
      proxy,
    };
    const { id } = await stage.register({
      complainant,
      narrative: `${more.text ?? TEXT}尾号${people}`,
      requests: ['退费'],
      subject: '息费',
    });
    ids.push(id);
  }
  return ids;
}
const view = (id: string, who = supervisor) => room.badFaith.find(who, id, 'r');
const suspect = async (id: string) => {
  await room.badFaith.decide(asked(id), { decision: 'suspected', reason: '批量模板' });
  return room.badFaith.second(asked(id, compliance), { agrees: true });
};

it('scores what many say alike through one phone, explains it, and again when others arrive', async () => {
  const [first = '', second = ''] = await campaign(2, { contact: '+86 154-1111-0000' });
  await room.badFaithJobs.run();
  expect(await view(first)).toMatchObject({ standing: 'open', score: 0, signals: [] });
  const rest = await campaign(4, { contact: '15411110000' });
  await Promise.all([room.badFaithJobs.run(), room.badFaithJobs.run()]);
  const seen = await view(first);
  expect(seen.signals.map(({ signal, count, complaints }) => [signal, count, complaints.length])).toEqual([
    ['near-identical-text', 6, 5],
    ['shared-contact', 6, 5],
  ]);
  expect(seen.signals[0]?.complaints.map(({ id }) => id).toSorted()).toEqual([second, ...rest].toSorted());
  expect(seen.score).toBe(Math.round((30 * 6) / 8) + 25);
  expect((await room.badFaithList.list(supervisor, {})).items.map(({ complaintId }) => complaintId).toSorted()).toEqual(
    [first, second, ...rest].toSorted(),
  );
});

it('the same person again is no campaign, nor is another institution’s', async () => {
  const again = { name: '王五', idNumber: '230100198001019999', contact: '15422220000' };
  const one = await stage.register({ complainant: again, narrative: `${TEXT}重复投诉甲乙丙丁戊己庚辛` });
  for (let at = 0; at < 4; at += 1) await stage.register({ complainant: again, narrative: `${TEXT}重复投诉甲乙丙丁戊己庚辛` });
  // Two persons are not three, however often one of them complains.
  await stage.register({ complainant: { ...again, name: '赵七', idNumber: '230100198001018888' } });
  const elsewhere = principal('complaint-handler', { institutionId: 'bank-2' });
  await stage.register({ complainant: { ...again, idNumber: 'x1' } }, elsewhere);
  await stage.register({ complainant: { ...again, idNumber: 'x2' } }, elsewhere);
  await room.badFaithJobs.run();
  expect((await view(one.id)).signals.filter(({ signal }) => signal === 'shared-contact')).toEqual([]);
});

it('counts words, proxies and what people flag, and less when a flag is withdrawn', async () => {
  const text = '我委托了代理退费公司处理此事，事成付费，其他内容各不相同的一段话';
  const [id = ''] = await campaign(3, { text, proxy: '赵六' });
  await room.badFaithJobs.run();
  const before = await view(id);
  expect(before.signals.map(({ signal, words }) => [signal, words])).toEqual(
    expect.arrayContaining([
      ['same-proxy', []],
      ['fee-demand', ['代理退费', '事成付费']],
    ]),
  );
  const flagged = await room.badFaith.flag(asked(id, handler, 'f1'), '流水疑似伪造');
  expect(flagged.score).toBe((before.score ?? 0) + 35);
  expect(await room.badFaith.flag(asked(id, handler, 'f1'), '流水疑似伪造')).toEqual(flagged);
  expect((await view(id, compliance)).flags[0]?.note).toBeNull();
  const flagId = flagged.flags[0]?.id ?? '';
  expect((await room.badFaith.withdrawFlag(asked(id, handler), flagId)).score).toBe(before.score);
  expect(await refusal(room.badFaith.withdrawFlag(asked(id, handler), flagId))).toBe('bad-faith-flag-withdrawn');
});

it('is suspected by two persons alone, one of them once', async () => {
  const [id = ''] = await campaign(1);
  const waiting = await room.badFaith.decide(asked(id, supervisor, 'd1'), { decision: 'suspected', reason: '模板' });
  expect(waiting.standing).toBe('waiting');
  expect((await room.badFaith.decide(asked(id, supervisor, 'd1'), { decision: 'suspected', reason: '模板' })).decisions).toHaveLength(1);
  expect(await refusal(room.badFaith.decide(asked(id), { decision: 'open', reason: 'x' }))).toBe('bad-faith-decision-waits');
  const both = principal('compliance', { subject: supervisor.subject, roles: ['compliance', 'complaint-supervisor'] });
  expect(await refusal(room.badFaith.second(asked(id, both), { agrees: true }))).toBe('forbidden');
  expect(await refusal(room.badFaith.second(asked(id, compliance), { agrees: false }))).toBe('invalid');
  const others = ['x', 'y', 'z'].map((subject) => principal('compliance', { subject }));
  const results = await Promise.all(others.map((who) => refusal(room.badFaith.second(asked(id, who), { agrees: true }))));
  expect(results.toSorted()).toEqual(['bad-faith-nothing-waits', 'bad-faith-nothing-waits', 'none']);
  expect((await view(id)).standing).toBe('suspected');
  expect((await room.badFaith.decide(asked(id), { decision: 'not-suspected', reason: '查清' })).standing).toBe('not-suspected');
  const [other = ''] = await campaign(1);
  await room.badFaith.decide(asked(other), { decision: 'suspected', reason: '模板' });
  expect((await room.badFaith.second(asked(other, compliance), { agrees: false, note: '不足' })).standing).toBe('open');
});

it('changes nothing for the complainant: every act of the clock is the same on a suspected one', async () => {
  const [suspected = '', other = ''] = await campaign(2);
  await suspect(suspected);
  const acts = async (id: string) => {
    const seen: unknown[] = [];
    const note = async (command: Parameters<Stage['record']>[1], who = handler): Promise<void> => {
      const { complaint, ...answer } = await stage.record(id, command, who);
      const { state, termId, dueOn, daysLeft, segments } = complaint.clock;
      seen.push('rejected' in answer ? answer.rejected : null, { state, termId, dueOn, daysLeft, segments }, complaint.hold.state);
    };
    await note(toCommand.complexity({ note: 'x' }));
    await note(toCommand.extension({ complainantToldAt: '2026-11-21T15:00:00+08:00' }, headOffice), headOffice);
    await note(toCommand.pause({ reason: 'mediation', complainantAgreed: true }));
    stage.now = '2026-11-24T10:00:00+08:00';
    await note(toCommand.resumption({}));
    await note(toCommand.newFacts({ note: 'x' }));
    await note(toCommand.agreement({ dueOn: '2026-12-20', evidence: 'x' }));
    await note(toCommand.decision({ outcome: 'not-upheld', text: 'x' } as never));
    await note(toCommand.notice({ form: 'sms' }));
    await note(toCommand.withdrawal({ evidence: 'x' } as never));
    stage.now = '2026-11-21T15:00:00+08:00';
    return seen;
  };
  expect(await acts(suspected)).toEqual(await acts(other));
});

it('is reported to the police as a PDF that is kept, only when two suspect it, once per key', async () => {
  const [id = ''] = await campaign(1);
  const order = { receiver: 'police', addressee: '某某公安分局', statement: '请依法核查。' } as const;
  expect(await refusal(room.badFaith.report(asked(id), order))).toBe('bad-faith-not-suspected');
  await suspect(id);
  const reported = await room.badFaith.report(asked(id, supervisor, 'r1'), order);
  expect(await room.badFaith.report(asked(id, supervisor, 'r1'), order)).toEqual(reported);
  const [paper] = reported.reports;
  const { bytes, sha256 } = await room.badFaith.file(compliance, id, paper?.id ?? '', 'r');
  expect([bytes.subarray(0, 5).toString(), sha256]).toEqual(['%PDF-', paper?.sha256]);
  const read = await stage.sql<{ fields: string[] }>(
    `select fields from personal_data_read where subject = 'compliance-1' and $1 = any(fields)`,
    [`report ${paper?.id}`],
  );
  expect(read).toHaveLength(1);
  const elsewhere = principal('complaint-supervisor', { institutionId: 'bank-2' });
  expect(await refusal(room.badFaith.file(elsewhere, id, paper?.id ?? '', 'r'))).toBe('not-found');
});

it('keeps no text and no number in the clear', async () => {
  const rows = await stage.sql(
    `select (select json_agg(s) from bad_faith_signature s)::text || (select json_agg(m) from bad_faith_mark m)::text || (select json_agg(t) from timeline t where kind like 'bad-%')::text as all`,
  );
  expect(JSON.stringify(rows)).not.toMatch(/贵行|15411110000|某1|流水|模板/);
});

it('has weights of the institution’s own, in versions', async () => {
  const set = (version: number, who = compliance) =>
    room.badFaithList.setSettings(who, { ...OUR_SETTINGS, words: ['甲乙'], version, note: 'x' });
  const results = await Promise.all([refusal(set(1)), refusal(set(1, principal('compliance', { subject: 'c2' })))]);
  expect(results.toSorted()).toEqual(['none', 'stale-setting']);
  expect(
    await refusal(room.badFaithList.setSettings(compliance, { ...OUR_SETTINGS, words: [], lookFrom: 20, version: 2, note: 'x' })),
  ).toBe('bad-faith-settings-refused');
  expect((await room.badFaithList.findSettings(supervisor)).version).toBe(2);
});
