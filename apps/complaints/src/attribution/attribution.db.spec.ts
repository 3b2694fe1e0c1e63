import type { Principal } from '#auth';
import { contactItem, Loop, StandIn } from '../../testing/loop.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';
import type { AttributionRequest } from './attribution.dto.ts';

let stage: Stage;
let standIn: StandIn;
let loop: Loop;

beforeAll(async () => {
  stage = await Stage.open();
  standIn = await StandIn.open();
  loop = new Loop(stage, standIn.url);
});
afterAll(async () => {
  await standIn.close();
  await stage.close();
});

const other = principal('complaint-supervisor', { subject: 'supervisor-2' });
const asked = { idempotency: null, requestId: 'r' };
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: { kind?: { code: string } }) => error.kind?.code ?? error,
  );

/** A complaint whose file holds one call of an agency's collector. */
async function withFile(): Promise<{ id: string; itemId: string; ref: string }> {
  const { id } = await stage.register({ category: 'collection', account: 'C1', against: { agencyId: 'A1' } });
  while ((await loop.tell()) > 0);
  await stage.sql('update dossier set next_read_at = null');
  const contact = contactItem();
  standIn.items = [contact];
  await loop.heard(id, 1);
  await loop.read();
  const { items } = await loop.showing.items(handler, id, {}, 'r');
  return { id, itemId: items[0]?.id ?? '', ref: contact.id };
}
const propose = (
  id: string,
  more: Partial<AttributionRequest>,
  by: Principal = handler,
  idempotency: { key: string; hash: Buffer } | null = null,
) =>
  loop.attributions.propose(by, id, { kind: 'rule', target: 'quiet-hours', reason: '夜间来电', ...more }, { idempotency, requestId: 'r' });
const told = async (id: string) =>
  (
    await stage.sql<{ payload: { version: number; causes: { kind: string; target: string | null }[] } }>(
      `select payload from event where topic = 'complaint.attributed' and payload->>'complaintId' = $1 order by id`,
      [id],
    )
  ).map(({ payload }) => payload);

describe('the cause of a complaint', () => {
  it('rests on something of the file, and collections is told all that is confirmed', async () => {
    const { id, itemId, ref } = await withFile();
    const { items } = await propose(id, { itemId });
    expect(items).toMatchObject([{ kind: 'rule', target: 'quiet-hours', agencyId: 'A1', state: 'confirmed', reason: '夜间来电', itemId }]);
    await propose(id, { kind: 'script', target: 'first-call', targetVersion: 2, itemId });
    await propose(id, { kind: 'agency', target: 'A1', itemId });
    const all = await told(id);
    expect(all.map(({ version, causes }) => [version, causes.map(({ kind }) => kind)])).toEqual([
      [1, ['rule']],
      [2, ['rule', 'script']],
      [3, ['rule', 'script', 'agency']],
    ]);
    expect(all[0]?.causes[0]).toMatchObject({ agencyId: 'A1', restsOn: ref });
  });

  it.each<[string, Partial<AttributionRequest>, string]>([
    ['a rule that there is not', { target: 'horoscope' }, '/target'],
    ['no item', { itemId: null }, '/itemId'],
    ['an item of another', { itemId: '01890b3c-0000-7000-8000-000000000000' }, '/itemId'],
    ['an item that is no id', { itemId: 'x' }, '/itemId'],
    ['a collector who was not in it', { kind: 'collector', target: 'c9' }, '/target'],
    ['an agency that did not do it', { kind: 'agency', target: 'A2' }, '/target'],
    ['a script that could not be read out', { kind: 'script', target: 'first-call', targetVersion: 1 }, '/target'],
    ['a script without version', { kind: 'script', target: 'first-call' }, '/targetVersion'],
    ['a version of what has none', { targetVersion: 2 }, '/targetVersion'],
    ['nobody, by name', { kind: 'none', itemId: null }, '/target'],
    ['nothing', { target: null }, '/target'],
  ])('is not %s', async (_, more, pointer) => {
    const { id, itemId } = await withFile();
    const refused = propose(id, { itemId, ...more });
    await expect(refused).rejects.toMatchObject({ extras: { errors: expect.arrayContaining([expect.objectContaining({ pointer })]) } });
    expect(await told(id)).toEqual([]);
  });

  it('that names a person waits for another supervisor; of two at once one settles', async () => {
    const { id, itemId } = await withFile();
    const { items } = await propose(id, { kind: 'collector', target: 'c1', itemId }, supervisor);
    const causeId = items[0]?.id ?? '';
    expect(items[0]).toMatchObject({ state: 'proposed', settledBy: null });
    expect(await told(id)).toEqual([]);
    expect(await codeOf(loop.attributions.settle(supervisor, id, causeId, 'confirmed', asked))).toBe('own-request');
    const both = await Promise.all(
      (['confirmed', 'rejected'] as const).map((outcome) => codeOf(loop.attributions.settle(other, id, causeId, outcome, asked))),
    );
    expect(both.toSorted()).toEqual(['cause-settled', 'done']);
    const [cause] = (await loop.attributions.list(handler, id, 'r')).items;
    expect(cause?.settledBy).toBe('supervisor-2');
    expect(await told(id)).toHaveLength(cause?.state === 'confirmed' ? 1 : 0);
  });

  it('is said once, also by many at once and with the same key', async () => {
    const { id, itemId } = await withFile();
    const both = await Promise.all([codeOf(propose(id, { itemId })), codeOf(propose(id, { itemId }))]);
    expect(both.toSorted()).toEqual(['cause-known', 'done']);
    const key = { key: 'one', hash: Buffer.from('h') };
    const none = await withFile();
    const twice = await Promise.all([1, 2].map(() => propose(none.id, { kind: 'none', target: null }, handler, key)));
    for (const { items } of twice) expect(items).toMatchObject([{ kind: 'none', target: null, state: 'confirmed', itemId: null }]);
    expect(await told(none.id)).toHaveLength(1);
  });

  it('is there, or there is none', async () => {
    const { id, itemId } = await withFile();
    await propose(id, { kind: 'none', target: null });
    expect(await codeOf(propose(id, { itemId }))).toBe('cause-conflict');
    const [none] = (await loop.attributions.list(handler, id, 'r')).items;
    await loop.attributions.withdraw(handler, id, none?.id ?? '', asked);
    expect(await codeOf(propose(id, { itemId }))).toBe('done');
    expect(await codeOf(propose(id, { kind: 'none', target: null }))).toBe('cause-conflict');
  });

  it('is taken back where it was wrong, and collections hears that; what was never confirmed was never told', async () => {
    const { id, itemId } = await withFile();
    const [rule] = (await propose(id, { itemId })).items;
    const collector = (await propose(id, { kind: 'collector', target: 'c1', itemId })).items[1];
    await loop.attributions.withdraw(handler, id, collector?.id ?? '', asked);
    expect((await loop.approvals.list(supervisor, { state: 'awaiting-me' }, 'r')).items.filter(({ ref }) => ref === collector?.id)).toEqual(
      [],
    );
    expect(await told(id)).toHaveLength(1);
    await loop.attributions.withdraw(handler, id, rule?.id ?? '', asked);
    expect((await told(id)).at(-1)).toMatchObject({ version: 2, causes: [] });
    expect(await codeOf(loop.attributions.withdraw(handler, id, rule?.id ?? '', asked))).toBe('cause-settled');
    // Then it may be said anew.
    expect(await codeOf(propose(id, { itemId }))).toBe('done');
  });

  it('rests on what a supervisor attached where collections gave nothing', async () => {
    const { id } = await stage.register({ category: 'collection', account: 'C1' });
    await loop.dossiers.attach(supervisor, id, { at: '2026-11-20T10:00:00+08:00', summary: '机构寄来的录音', collectorId: 'c7' }, asked);
    const [item] = (await loop.showing.items(handler, id, {}, 'r')).items;
    const itemId = item?.id ?? '';
    expect(await codeOf(propose(id, { kind: 'collector', target: 'c8', itemId }))).toBe('invalid');
    expect((await propose(id, { kind: 'collector', target: 'c7', itemId })).items).toMatchObject([{ state: 'proposed' }]);
  });

  it('shows its reason to those who work on complaints alone; another institution and an agency see nothing', async () => {
    const { id, itemId } = await withFile();
    await propose(id, { itemId });
    expect((await loop.attributions.list(principal('regulator'), id, 'r')).items).toMatchObject([{ target: 'quiet-hours', reason: null }]);
    for (const stranger of [
      principal('complaint-handler', { agencyId: 'A1' }),
      principal('complaint-handler', { institutionId: 'bank-2' }),
    ])
      expect(await codeOf(loop.attributions.list(stranger, id, 'r'))).toBe('not-found');
    expect(await codeOf(loop.attributions.withdraw(handler, id, 'x', asked))).toBe('not-found');
  });
});
