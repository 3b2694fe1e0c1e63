import { createHash } from 'node:crypto';
import { hashOf } from '#idempotency';
import { pdfTexts } from '#testkit';
import { DeliveryRoom } from '../../testing/delivery-room.ts';
import { principal, Stage } from '../../testing/stage.ts';
import { ActService } from '../act/act.service.ts';
import { ActStore } from '../act/act.store.ts';
import { LetterPaper } from './letter.paper.ts';
import { LetterService } from './letter.service.ts';
import { LetterStore } from './letter.store.ts';

// One red pixel.
const SEAL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const manager = principal('collections-manager');
let stage: Stage;
let room: DeliveryRoom;
let letters: LetterService;
let count = 0;

beforeAll(async () => {
  stage = await Stage.open();
  room = new DeliveryRoom(stage);
  await room.say();
  await room.template({ templateId: 'letter-1', channel: 'letter', title: '信用卡欠款告知函' });
  const store = new LetterStore();
  const acts = new ActService(new ActStore(), stage.vault);
  letters = new LetterService(stage.source, stage.clock, store, new LetterPaper(store, room.settings, stage.vault), acts);
});
afterAll(() => stage.close());
beforeEach(async () => {
  stage.now = '2026-11-21T15:00:00+08:00';
  await stage.sql(`update delivery set state = 'failed', code = 'x', wake_at = null where state = 'queued'`);
});

async function ask(agencyId: string | null = null): Promise<string> {
  count += 1;
  const caseId = `T${count}`;
  await stage.addCases([
    { caseId, debtorId: `DT${count}`, debtId: `LT${count}`, agencyId, contactPoint: `哈尔滨市南岗区${count}号`, contactChannel: 'letter' },
  ]);
  const body = {
    caseId,
    partyId: 'P1',
    contactPointId: await stage.pointOf(caseId),
    channel: 'letter',
    purpose: 'collect',
    templateId: 'letter-1',
  } as const;
  const { delivery, decision } = await room.deliveries.request(manager, body, null, 'zh');
  expect(decision.reasons).toEqual([]);
  expect(delivery.state).toBe('queued');
  return delivery.id;
}
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code,
  );
const stateOf = async (id: string) => (await letters.list(manager, {})).items.find((letter) => letter.id === id);

describe('a letter', () => {
  it('is the text that was judged on paper, with number, date and address, the same bytes whenever it is asked for', async () => {
    const id = await ask();
    const first = await letters.pdf(manager, id, 'r1');
    expect(first.sha256).toBe(createHash('sha256').update(first.bytes).digest('hex'));
    stage.now = '2027-01-02T15:00:00+08:00';
    // What the ledger and the settings say since changes no letter.
    await stage.sql(`update collection_case set balance = 1 where case_id = $1`, [`T${count}`]);
    await room.settings.put(principal('compliance'), { bankName: '别的银行', bankContact: '1', senderAddress: 'x' });
    expect((await letters.pdf(manager, id, 'r2')).sha256).toBe(first.sha256);
    await room.say();
    const said = (await pdfTexts(first.bytes)).join('').replaceAll(/\s/g, '');
    for (const words of [
      '信用卡欠款告知函',
      '张三',
      '5000.00元',
      '2026-000001',
      '2026年11月21日',
      `南岗区${count}号`,
      '如对欠款有异议',
      '95588',
      '盖章处',
    ])
      expect(said).toContain(words);
    expect(await stateOf(id)).toMatchObject({ number: '2026-000001', datedOn: '2026-11-21', sha256: first.sha256 });
    expect(await stage.sql(`select fields from personal_data_read where resource = 'letter'`)).toHaveLength(2);
  });

  it('has a number of its own, however many are numbered at once', async () => {
    const ids = [await ask(), await ask(), await ask()];
    await Promise.all(ids.flatMap((id) => [letters.pdf(manager, id, 'r'), letters.pdf(manager, id, 'r')]));
    const numbers = await Promise.all(ids.map(async (id) => (await stateOf(id))?.number));
    expect(numbers.toSorted()).toEqual(['2026-000002', '2026-000003', '2026-000004']);
  });

  it('is printed in one batch, once, and followed through the post', async () => {
    const ids = [await ask(), await ask()];
    const body = { letterIds: null };
    const key = { key: 'print', hash: hashOf('x', body) };
    const all = await Promise.all([letters.print(manager, body, key), letters.print(manager, body, key)]);
    expect(all[0]).toMatchObject({ letters: 2, madeBy: 'collections-manager-1' });
    expect(all[1]?.id).toBe(all[0]?.id);
    expect(await codeOf(letters.print(manager, {}, null))).toBe('no-letters');
    expect(await codeOf(letters.print(manager, { letterIds: ids }, null))).toBe('letter-not-permitted');
    const paper = await letters.batchPdf(manager, all[0]?.id ?? '', 'r');
    const said = (await pdfTexts(paper.bytes)).join('').replaceAll(/\s/g, '');
    expect(said).toContain('信函打印清单');
    expect(said.match(/如对欠款有异议/g)).toHaveLength(2);
    expect((await letters.batchPdf(manager, all[0]?.id ?? '', 'r')).sha256).toBe(paper.sha256);
    const [id = '', other = ''] = ids;
    expect(await codeOf(letters.track(manager, id, { state: 'returned' }, null))).toBe('letter-state');
    const posted = { state: 'posted', trackingNo: 'EMS1' } as const;
    const post = { key: 'post', hash: hashOf('x', posted) };
    await Promise.all([letters.track(manager, id, posted, post), letters.track(manager, id, posted, post)]);
    expect(await stateOf(id)).toMatchObject({ state: 'sent', trackingNo: 'EMS1' });
    expect(await codeOf(letters.track(manager, id, { state: 'delivered', on: '2026-12-25' }, null))).toBe('invalid');
    await letters.track(manager, id, { state: 'delivered', on: '2026-11-21' }, null);
    await letters.track(manager, id, { state: 'returned' }, null);
    await room.work();
    expect(await stateOf(id)).toMatchObject({ state: 'returned' });
    // The ledger of contacts keeps what it heard first.
    expect(await stage.sql('select c.result from contact c join delivery d on d.attempt = c.id where d.id = $1', [id])).toEqual([
      { result: 'delivered' },
    ]);
    expect((await stateOf(other))?.state).toBe('printed');
  });

  it('is not printed once its permit is over or revoked', async () => {
    const [lapsed, revoked] = [await ask(), await ask()];
    await stage.sql(`update contact c set result = 'cancelled' from delivery d where d.attempt = c.id and d.id = $1`, [revoked]);
    expect(await codeOf(letters.print(manager, { letterIds: [revoked] }, null))).toBe('letter-not-permitted');
    stage.now = '2026-11-22T15:00:01+08:00';
    expect(await codeOf(letters.print(manager, { letterIds: [lapsed] }, null))).toBe('letter-not-permitted');
    await room.work();
    expect(await stateOf(lapsed)).toMatchObject({ state: 'failed' });
    expect(await codeOf(letters.print(manager, {}, null))).toBe('no-letters');
  });

  it('bears the seal of the institution that was set when it got its number', async () => {
    const before = await ask();
    const plain = await letters.pdf(manager, before, 'r');
    for (const png of [
      'x',
      Buffer.from('GIF89a').toString('base64'),
      Buffer.concat([Buffer.from(SEAL, 'base64'), Buffer.alloc(300_000)]).toString('base64'),
    ])
      expect(await codeOf(letters.setSeal(principal('compliance'), png))).toBe('invalid');
    await letters.setSeal(principal('compliance'), SEAL);
    expect(await letters.seal(manager)).toMatchObject({ png: SEAL, setBy: 'compliance-1' });
    expect((await letters.pdf(manager, before, 'r')).sha256).toBe(plain.sha256);
    const after = await ask();
    const sealed = (await pdfTexts((await letters.pdf(manager, after, 'r')).bytes)).join('');
    expect(sealed).not.toContain('盖章处');
    expect((await letters.seal(principal('compliance', { institutionId: 'bank-2' }))).sha256).toBeNull();
  });

  it('of another agency or institution is not here', async () => {
    await stage.addAgencies(['a1']);
    const id = await ask('a1');
    expect(await codeOf(letters.pdf(principal('agent', { agencyId: 'a2' }), id, 'r'))).toBe('not-found');
    expect(await codeOf(letters.pdf(principal('agent', { agencyId: 'a1' }), id, 'r'))).toBe('done');
    expect(await codeOf(letters.track(principal('collections-manager', { institutionId: 'bank-2' }), id, { state: 'posted' }, null))).toBe(
      'not-found',
    );
    expect(await codeOf(letters.batchPdf(manager, 'x', 'r'))).toBe('not-found');
  });
});
