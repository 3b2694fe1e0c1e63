import { pdfTexts } from '#testkit';
import { askedOf, DECISION_LETTER, DecisionRooms, draftOf } from '../../testing/decision.ts';
import { handler, principal, Stage } from '../../testing/stage.ts';
import type { TemplateRequest } from './template.dto.ts';

let stage: Stage;
let rooms: DecisionRooms;
const nothing = { send: async () => ({ providerId: null }) };
const author = principal('complaint-supervisor', { subject: 'author' });
const approver = principal('complaint-supervisor', { subject: 'approver' });

beforeAll(async () => {
  stage = await Stage.open();
  rooms = new DecisionRooms(stage, { sms: nothing, mail: nothing });
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-21T15:00:00+08:00'));

type Said = { kind?: { code: string }; extras?: { errors?: readonly { pointer: string; detail: string; source?: string }[] } };
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: Said) => error.kind?.code ?? String(error),
  );
const errorsOf = (request: TemplateRequest): Promise<readonly { detail: string; source?: string }[]> =>
  rooms.templates.create(author, request, null).then(
    () => [],
    (error: Said) => error.extras?.errors ?? [],
  );
const without = (kind: string): TemplateRequest => ({
  ...DECISION_LETTER,
  blocksZh: DECISION_LETTER.blocksZh.filter((block) => block.kind !== kind),
});

const read = async (paper: Promise<Buffer>): Promise<string> =>
  pdfTexts(await paper)
    .flat()
    .join('')
    .replace(/\s/g, '');

describe('a template', () => {
  it.each([
    ['facts', 'facts'],
    ['basis', 'basis'],
    ['reasons', 'reasons'],
    ['outcome', 'outcome'],
  ])('of a decision without its %s is refused, and the refusal names the item and CMP20 19', async (kind, item) => {
    expect(await errorsOf(without(kind))).toMatchObject([{ detail: expect.stringContaining(`lacks the ${item}`), source: 'CMP20 19' }]);
  });

  it.each([
    ['核查', 'review'],
    ['调解', 'mediation'],
    ['仲裁', 'arbitration'],
    ['人民法院提起诉讼', 'court'],
  ])('of a decision that does not say %s is refused', async (word, item) => {
    const blocksZh = DECISION_LETTER.blocksZh.map((block) => ({ ...block, text: block.text.replace(word, '其他途径') }));
    expect(await errorsOf({ ...DECISION_LETTER, blocksZh })).toMatchObject([
      { detail: expect.stringContaining(`lacks the ${item}`), source: 'CMP20 19' },
    ]);
  });

  it('names no variable that no letter has, threatens nobody, and holds its English to the same', async () => {
    expect(await errorsOf({ ...DECISION_LETTER, smsZh: '{{salary}} {x' })).toHaveLength(2);
    expect(await errorsOf({ ...DECISION_LETTER, smsZh: '否则列入黑名单' })).toMatchObject([{ source: 'HLJ 21-22, CBA26 bans' }]);
    const blocksEn = [{ kind: 'text' as const, text: 'Dear customer, it is decided.' }];
    expect(await errorsOf({ ...DECISION_LETTER, titleEn: 'Decision', blocksEn })).toHaveLength(8);
    expect(await errorsOf({ ...DECISION_LETTER, blocksEn })).toMatchObject([{ pointer: '/titleEn' }]);
  });

  it('is in use once a second person approves it, one of two at once; versions follow each other', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => rooms.templates.create(author, DECISION_LETTER, null)));
    expect([one?.version, two?.version].toSorted()).toEqual([1, 2]);
    const name = { kind: 'decision', version: '1' };
    expect(await codeOf(rooms.templates.approve(author, name, null))).toBe('own-request');
    const all = await Promise.all(['a', 'b', 'c'].map((subject) => codeOf(rooms.templates.approve({ ...approver, subject }, name, null))));
    expect(all.toSorted()).toEqual(['already-settled', 'already-settled', 'done']);
    const shown = (await rooms.templates.list(handler, 'decision')).items.map(({ version, state, inUse }) => [version, state, inUse]);
    expect(shown).toEqual([
      [2, 'draft', false],
      [1, 'approved', true],
    ]);
    await rooms.templates.retire(approver, name, null);
    expect((await rooms.templates.list(handler, 'decision')).items.map(({ state }) => state)).toEqual(['draft', 'retired']);
    expect(await codeOf(rooms.templates.retire(approver, name, null))).toBe('template-state');
    expect(await codeOf(rooms.templates.approve(approver, { kind: 'decision', version: '9' }, null))).toBe('not-found');
    expect((await rooms.templates.list(principal('compliance', { institutionId: 'bank-2' }), null)).items).toEqual([]);
  });

  it('the same key makes one version', async () => {
    const key = { key: 'T1', hash: Buffer.alloc(32, 'a') };
    const made = await Promise.all([1, 2, 3].map(() => rooms.templates.create(author, DECISION_LETTER, key)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });
});

describe('a decision letter', () => {
  it('is a draft on paper until it is decided, and says the four ways', async () => {
    const { id } = await stage.register();
    const { version } = await rooms.decisions.draft(askedOf(id), draftOf());
    const preview = () => rooms.letters.preview(handler, id, String(version), { language: 'zh', requestId: 'r1' });
    const own = rooms.letters.preview(principal('compliance'), id, '1', { language: 'zh', requestId: 'r1' });
    expect(await codeOf(own)).toBe('forbidden');
    expect(await codeOf(preview())).toBe('no-template');
    await rooms.furnish();
    const text = await read(preview());
    for (const said of ['草稿', '张三', '二十三时确有一通来电', 'HLJ20', '夜间不得催收', '核查', '调解', '仲裁', '诉讼'])
      expect(text).toContain(said);
    await rooms.decisions.submit(askedOf(id), String(version));
    expect(await read(preview())).not.toContain('草稿');
  });
});
