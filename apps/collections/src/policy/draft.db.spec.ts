import { hashOf } from '#idempotency';
import { author, draftOf, PolicyRoom, refusal, second } from '../../testing/policy-room.ts';
import { principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: PolicyRoom;
beforeAll(async () => {
  stage = await Stage.open();
  room = new PolicyRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const code = async (promise: Promise<unknown>): Promise<string> => (await refusal(promise)).kind.code;
const pointers = async (promise: Promise<unknown>): Promise<string[]> =>
  ((await refusal(promise)).extras.errors ?? []).map(({ pointer }) => pointer);
const looser = { adjust: { 'attempts-per-point': { cap: 7 } } };
const tighter = { adjust: { 'attempts-per-point': { cap: 4 } } };

describe('a draft', () => {
  it('pins the newest version of each pack, and keeps a line of all that was done', async () => {
    const created = await room.drafts.create(author, draftOf(tighter), null, 'en');
    expect(created).toMatchObject({
      state: 'draft',
      revision: 1,
      product: null,
      ...tighter,
      rules: [],
      author: 'lin',
      looser: [],
      version: null,
    });
    expect(created.packs).toEqual([{ pack: 'cn-card', version: expect.any(Number) }]);
    stage.now = '2026-11-21T15:01:00+08:00';
    const changed = await room.drafts.change(author, created.id, { ...draftOf({ product: '信用卡' }), revision: 1 }, 'en');
    expect(changed).toMatchObject({ revision: 2, product: '信用卡', adjust: {}, updatedAt: '2026-11-21T07:01:00.000Z' });
    const withdrawn = await room.drafts.withdraw(author, created.id, null, 'en');
    expect(withdrawn.history.map(({ action, by, revision, sha256 }) => [action, by, revision, sha256])).toEqual([
      ['created', 'lin', 1, created.sha256],
      ['changed', 'lin', 2, changed.sha256],
      ['withdrawn', 'lin', 2, changed.sha256],
    ]);
    expect(created.sha256).not.toBe(changed.sha256);
    expect(await room.drafts.find(second, created.id, 'en')).toEqual(withdrawn);
    await expect(stage.sql(`update policy_audit set subject = 'x'`)).rejects.toThrow('the audit record is not changed');
    await expect(stage.sql('delete from policy_audit')).rejects.toThrow('the audit record is not changed');
  });

  it('is changed by its author alone, at the revision that was read, before it is submitted', async () => {
    const { id } = await room.drafts.create(author, draftOf(), null, 'en');
    const change = { ...draftOf(tighter), revision: 1 };
    expect(await code(room.drafts.change(second, id, change, 'en'))).toBe('not-your-draft');
    // Two at once: one of them has read what is no more.
    const both = await Promise.allSettled([room.drafts.change(author, id, change, 'en'), room.drafts.change(author, id, change, 'en')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await code(room.drafts.change(author, id, change, 'en'))).toBe('draft-changed');
    expect(await code(room.drafts.submit(second, id, null, 'en'))).toBe('not-your-draft');
    await room.drafts.submit(author, id, null, 'en');
    expect(await code(room.drafts.change(author, id, { ...change, revision: 2 }, 'en'))).toBe('draft-state');
    expect(await code(room.drafts.submit(author, id, null, 'en'))).toBe('draft-state');
    expect(await code(room.drafts.withdraw(second, id, null, 'en'))).toBe('not-your-draft');
    expect((await room.drafts.withdraw(author, id, null, 'en')).state).toBe('withdrawn');
  });

  it('says where it is looser than a pack, and is not submitted then', async () => {
    const { id, looser: found } = await room.drafts.create(author, draftOf(looser), null, 'en');
    expect(found).toEqual([
      expect.objectContaining({
        pointer: '/adjust/attempts-per-point/cap',
        ruleId: 'attempts-per-point',
        pack: 'cn-card',
        code: 'cap-raised',
      }),
    ]);
    const refused = await refusal(room.drafts.submit(author, id, null, 'zh'));
    expect(refused.kind).toMatchObject({ code: 'looser-than-pack', status: 422 });
    expect(refused.extras.errors).toEqual([{ pointer: '/adjust/attempts-per-point/cap', detail: expect.stringContaining('不得提高到 7') }]);
    expect((await room.drafts.find(author, id, 'en')).state).toBe('draft');
  });

  it('is looked at again when it is approved', async () => {
    const { id } = await room.submitted(tighter);
    // As if the pack had become stricter meanwhile.
    await stage.sql(`update policy_draft set content = replace(content::text, '{"cap":4}', '{"cap":7}')::json where id = $1`, [id]);
    expect(await code(room.approve(id))).toBe('looser-than-pack');
  });

  it.each<[string, object, string[]]>([
    ['a pack that there is not', { packs: [{ pack: 'cn-car' }] }, ['/packs/0/pack']],
    ['a pack twice', { packs: [{ pack: 'cn-card' }, { pack: 'cn-card', version: 1 }] }, ['/packs/1/pack']],
    ['a version that there is not', { packs: [{ pack: 'cn-card', version: 9999 }] }, ['/packs/0/version']],
    ['a rule that no pack has', { adjust: { 'no/rule': { cap: 1 } } }, ['/adjust/no~1rule']],
    ['no change', { adjust: { burst: {} } }, ['/adjust/burst']],
    ['text for a change', { adjust: { burst: 'off' } }, ['/adjust/burst']],
    ['a field that there is not', { adjust: { burst: { colour: 'red' } } }, ['/adjust/burst/colour']],
    ['a cap that is no number', { adjust: { burst: { cap: '3' } } }, ['/adjust/burst/cap']],
    ['a cap below zero', { adjust: { burst: { cap: -1 } } }, ['/adjust/burst/cap']],
    ['a cap for hours', { adjust: { 'quiet-hours': { cap: 3 } } }, ['/adjust/quiet-hours/cap']],
    ['hours for a cap', { adjust: { burst: { refused: { from: '21:00', to: '08:00' } } } }, ['/adjust/burst/refused']],
    ['no hours', { adjust: { 'quiet-hours': { refused: { from: '25:00', to: '08:00' } } } }, ['/adjust/quiet-hours/refused']],
    [
      'a window without length',
      { adjust: { 'quiet-hours': { refused: { from: '08:00', to: '08:00' } } } },
      ['/adjust/quiet-hours/refused'],
    ],
    ['a weight that there is not', { adjust: { burst: { severity: 'maybe' } } }, ['/adjust/burst/severity']],
    ['off as text', { adjust: { burst: { off: 'yes' } } }, ['/adjust/burst/off']],
    ['a rule that is none', { rules: [{}] }, ['/rules/0']],
  ])('with %s is not kept', async (_name, content, wrong) => {
    const found = await pointers(room.drafts.create(author, draftOf(content), null, 'en'));
    expect(found.map((pointer) => (wrong[0] && pointer.startsWith(wrong[0]) ? wrong[0] : pointer))).toEqual(expect.arrayContaining(wrong));
  });

  it('is made once with one key, however often it is asked for', async () => {
    const request = draftOf({ note: 'once' });
    const idempotency = { key: 'draft-1', hash: hashOf('POST /v1/policy-drafts', request) };
    const made = await Promise.all(Array.from({ length: 8 }, () => room.drafts.create(author, request, idempotency, 'en')));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const other = { ...idempotency, hash: hashOf('POST /v1/policy-drafts', draftOf()) };
    expect(await code(room.drafts.create(author, draftOf(), other, 'en'))).toBe('idempotency-key-reused');
  });

  it('is the institution’s own', async () => {
    const { id } = await room.drafts.create(author, draftOf(), null, 'en');
    expect(await code(room.drafts.find(principal('compliance', { institutionId: 'bank-2' }), id, 'en'))).toBe('not-found');
    expect(await code(room.drafts.find(principal('compliance', { agencyId: 'a1' }), id, 'en'))).toBe('forbidden');
    expect(await code(room.drafts.find(author, 'x', 'en'))).toBe('not-found');
  });

  it('is listed, the newest first, page by page', async () => {
    const all = await room.drafts.list(second, { limit: 200 }, 'en');
    const first = await room.drafts.list(second, { limit: 2 }, 'en');
    const next = await room.drafts.list(second, { limit: 2, cursor: first.nextCursor ?? '' }, 'en');
    expect([...first.items, ...next.items].map(({ id }) => id)).toEqual(all.items.slice(0, 4).map(({ id }) => id));
    expect((await room.drafts.list(second, { state: 'withdrawn' }, 'en')).items.every(({ state }) => state === 'withdrawn')).toBe(true);
    expect(await pointers(room.drafts.list(second, { cursor: 'eA' }, 'en'))).toEqual(['/cursor']);
  });
});

describe('approval', () => {
  it('is not the author’s, whatever client the author comes by', async () => {
    const { id } = await room.submitted();
    for (const clientId of [null, 'other-client']) {
      expect(await code(room.approve(id, null, { ...author, clientId, roles: ['head-office-approver'] }))).toBe('own-draft');
      expect(await code(room.approvals.reject({ ...author, clientId }, id, 'no', null, 'en'))).toBe('own-draft');
    }
  });

  it('publishes a version that begins after every gate that has read its clock', async () => {
    const { id } = await room.submitted(tighter);
    const approved = await room.approve(id);
    expect(approved).toMatchObject({ state: 'approved', version: expect.any(Number), effectiveFrom: '2026-11-21T07:00:00.001Z' });
    expect(approved.history.at(-1)).toMatchObject({ action: 'approved', by: 'zhao', sha256: approved.sha256 });
    const inForce = (at?: string) => room.shown.inForce(second, at === undefined ? {} : { at }, 'en');
    expect((await inForce('2026-11-21T07:00:00.000Z')).version).toBeNull();
    expect(await inForce('2026-11-21T07:00:00.001Z')).toMatchObject({ version: approved.version, ...tighter });
    expect(await code(room.approve(id))).toBe('draft-state');
  });

  it('of one draft, asked for twenty times at once, makes one version', async () => {
    const { id } = await room.submitted({ product: '一次' });
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => room.approve(id)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const versions = await room.shown.list(second, { product: '一次' });
    expect(versions.items).toHaveLength(1);
  });

  it('of many drafts at once numbers them without a gap', async () => {
    const drafts = await Promise.all(Array.from({ length: 6 }, () => room.submitted({ product: '多次' })));
    const approved = await Promise.all(drafts.map(({ id }) => room.approve(id)));
    const numbers = approved.map(({ version }) => version ?? 0).toSorted((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  });

  it('may be for later, and then be recalled until it begins', async () => {
    const { id } = await room.submitted({ product: '分期', ...tighter });
    expect(await pointers(room.approve(id, '2026-11-21T15:00:00+08:00'))).toEqual(['/effectiveFrom']);
    const later = await room.approve(id, '2026-12-01T00:00:00+08:00');
    const number = String(later.version);
    const read = { product: '分期' };
    stage.now = '2026-11-22T00:00:00+08:00';
    expect((await room.shown.inForce(second, read, 'en')).next).toEqual({
      version: later.version,
      effectiveFrom: '2026-11-30T16:00:00.000Z',
    });
    expect((await room.shown.find(second, number)).state).toBe('scheduled');
    stage.now = '2026-11-30T23:59:59.999+08:00';
    const recalled = await room.approvals.recall(second, number, '改期', null, 'en');
    expect(recalled).toMatchObject({ state: 'approved', recalledAt: '2026-11-30T15:59:59.999Z' });
    expect(recalled.history.at(-1)).toMatchObject({ action: 'recalled', by: 'zhao', detail: '改期' });
    expect(await code(room.approvals.recall(second, number, '再次', null, 'en'))).toBe('version-recalled');
    stage.now = '2026-12-02T00:00:00+08:00';
    expect(await room.shown.find(second, number)).toMatchObject({ state: 'recalled', recalledBy: 'zhao' });
    expect((await room.shown.inForce(second, read, 'en')).version).not.toBe(later.version);
    const begun = await room.approve((await room.submitted(read)).id);
    stage.now = '2026-12-02T00:00:01+08:00';
    expect(await code(room.approvals.recall(second, String(begun.version), '太晚', null, 'en'))).toBe('version-begun');
    for (const no of ['0', '-1', 'x', '999999']) expect(await code(room.approvals.recall(second, no, 'x', null, 'en'))).toBe('not-found');
  });

  it('or is refused, with a reason', async () => {
    const { id } = await room.submitted();
    const rejected = await room.approvals.reject(second, id, '先看模拟', null, 'en');
    expect(rejected).toMatchObject({ state: 'rejected', version: null });
    expect(rejected.history.at(-1)).toMatchObject({ action: 'rejected', detail: '先看模拟' });
    expect(await code(room.approve(id))).toBe('draft-state');
  });
});
