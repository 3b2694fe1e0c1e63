import { QualityRoom } from '../../testing/quality-room.ts';
import { recordingRoom, wav } from '../../testing/recording-room.ts';
import { BANK, principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let quality: QualityRoom;
let room: ReturnType<typeof recordingRoom>;
const agent = principal('agent');
const compliance = principal('compliance');
const MADE = '2026-11-18T10:00:00+08:00';
const DRAWN = '2026-11-23T09:00:00+08:00';
const EMPTIED = 'quality_review quality_sample quality_plan quality_setting task recording contact decision'.split(' ');
const HASH = 'ab'.repeat(32);

beforeAll(async () => {
  stage = await Stage.open();
  quality = new QualityRoom(stage);
  room = recordingRoom(stage);
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1' },
    { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800000002' },
    { caseId: 'C3', debtorId: 'D3', contactPoint: '+8613800000003' },
  ]);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = MADE;
  for (const table of EMPTIED) await stage.sql(`delete from ${table}`);
});

/** A call that was made; the outcome may name a recording. */
async function call(caseId: string, recording?: string): Promise<string> {
  const { id } = await stage.ask(caseId, {}, agent);
  await stage.outcomes.record(agent, id, { result: 'conversation', startedAt: MADE, ...(recording && { recording }) }, 'en');
  return id;
}
const keep = async (of: { attemptId?: string; caseId?: string; recordedAt?: string }, mark = 0) =>
  (await room.recordings.take(agent, of, await stage.uploads.keep(BANK, 'call.wav', [wav(1, mark)]), null)).id;
const refer = async (attemptId: string) =>
  (await room.recordings.refer(agent, { attemptId, uri: 'https://voice.example/1.wav', sha256: HASH }, null)).id;
async function draw() {
  stage.now = DRAWN;
  await quality.plans.set(compliance, { percent: 100, minimum: 1, secondPercent: 0, reviewers: [] });
  await quality.plans.draw(compliance, { from: '2026-11-16', to: '2026-11-22' }, null);
  const { items } = await quality.reviews.list(compliance, {});
  return items
    .map(({ caseId, recordingId, reference }) => ({ caseId, recordingId, reference }))
    .toSorted((a, b) => (a.caseId ?? '').localeCompare(b.caseId ?? ''));
}

it('kept here, kept elsewhere, or named by an outcome alone: each call is drawn, with what there is to hear', async () => {
  const uploaded = await keep({ attemptId: await call('C1') });
  const elsewhere = await refer(await call('C2'));
  await call('C3', 'rec-3');
  expect(await draw()).toEqual([
    { caseId: 'C1', recordingId: uploaded, reference: null },
    { caseId: 'C2', recordingId: elsewhere, reference: null },
    { caseId: 'C3', recordingId: null, reference: 'rec-3' },
  ]);
  // The reviewer hears the one, and is told where the other is.
  expect(await room.listening.find(compliance, uploaded)).toMatchObject({ mayListen: true });
  expect(await room.listening.find(compliance, elsewhere)).toMatchObject({ keptHere: false, uri: 'https://voice.example/1.wav' });
});

it('a call counts once, whether it is named, kept, or kept in two parts', async () => {
  const attemptId = await call('C1', 'rec-1');
  const later = await keep({ attemptId, recordedAt: '2026-11-18T10:00:50+08:00' }, 1);
  const earlier = await keep({ attemptId, recordedAt: '2026-11-18T10:00:10+08:00' }, 2);
  expect(later).not.toBe(earlier);
  expect(await draw()).toEqual([{ caseId: 'C1', recordingId: earlier, reference: null }]);
  expect((await quality.plans.list(compliance, {})).items).toMatchObject([{ layers: [{ agencyId: null, recordings: 1, drawn: 1 }] }]);
});

it('what is kept of a case alone is drawn by its own time, and not reviewed by whoever made it', async () => {
  const kept = await keep({ caseId: 'C1', recordedAt: '2026-11-17T10:00:00+08:00' });
  await keep({ caseId: 'C2', recordedAt: '2026-11-15T23:59:59+08:00' });
  expect(await draw()).toEqual([{ caseId: 'C1', recordingId: kept, reference: null }]);
  const [sample] = await stage.sql(`select unit, contact, recording, asked_by as "askedBy" from quality_sample`);
  expect(sample).toEqual({ unit: kept, contact: null, recording: kept, askedBy: agent.subject });
});

it('what was destroyed is not drawn; the name that an outcome gave is', async () => {
  const gone = [await keep({ attemptId: await call('C1') }), await keep({ attemptId: await call('C2', 'rec-2') })];
  await stage.sql('update recording set destroyed_at = now(), upload = null where id = any($1)', [gone]);
  expect(await draw()).toEqual([{ caseId: 'C2', recordingId: null, reference: 'rec-2' }]);
});

it('what came to be kept after the draw is heard', async () => {
  const attemptId = await call('C1', 'rec-1');
  expect(await draw()).toEqual([{ caseId: 'C1', recordingId: null, reference: 'rec-1' }]);
  const kept = await keep({ attemptId });
  expect((await quality.reviews.list(compliance, {})).items).toMatchObject([{ recordingId: kept, reference: null }]);
});

it('another institution’s are not there', async () => {
  await keep({ attemptId: await call('C1') });
  stage.now = DRAWN;
  const stranger = principal('compliance', { institutionId: 'bank-2' });
  await quality.plans.draw(stranger, { from: '2026-11-16', to: '2026-11-22' }, null);
  expect((await quality.reviews.list(stranger, {})).items).toEqual([]);
});
