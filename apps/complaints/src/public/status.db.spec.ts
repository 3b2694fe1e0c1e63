import { codeOf, PublicRoom } from '../../testing/public.ts';
import { BANK, handler, Stage, supervisor } from '../../testing/stage.ts';
import type { ScanPort } from '../file/scan.port.ts';
import type { ReceiptView } from './public.dto.ts';

let stage: Stage;
let room: PublicRoom;
const scanner: ScanPort = { isSetUp: true, scan: async () => ({ state: 'infected', finding: 'Eicar' }) };

beforeAll(async () => {
  stage = await Stage.open();
  room = new PublicRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const openingOf = ({ receiptNumber, accessCode }: ReceiptView) => ({ receiptNumber, accessCode });
const add = (receipt: ReceiptView, text: string, key: string | null = null, visitor = room.visitor()) =>
  room.statuses.add(visitor, { ...openingOf(receipt), text }, { files: [], key }, 'zh');
const withdraw = (receipt: ReceiptView, visitor = room.visitor()) =>
  room.statuses.withdraw(visitor, { ...openingOf(receipt), confirmed: true, reason: '已解决' }, 'zh');

describe('how a complaint stands', () => {
  it('is said in words, from receipt to the end, with what was told and nothing internal', async () => {
    const receipt = await room.file();
    const id = await room.idOf(receipt);
    expect(await room.status(receipt)).toMatchObject({
      state: 'received',
      stateText: '已收到，正在分派',
      dueOn: '2026-12-06',
      open: true,
      outcome: null,
    });
    await stage.assignments.assign(handler, id, { handler: handler.subject }, 'r');
    expect((await room.status(receipt)).state).toBe('in-progress');
    stage.now = '2026-12-07T00:00:00+08:00';
    expect((await room.status(receipt)).state).toBe('overdue');
    stage.now = '2026-11-22T15:00:00+08:00';
    await room.handling.notes.add(handler, id, { kind: 'internal', text: '内部：客户情绪激动' }, null, 'r');
    await room.handling.notes.add(handler, id, { kind: 'complainant', text: '我们正在调取录音。' }, null, 'r');
    await stage.decide(id);
    expect(await room.status(receipt)).toMatchObject({ state: 'decided', outcome: null });
    await stage.tell(id);
    const view = await room.status(receipt);
    expect(view).toMatchObject({
      state: 'told',
      dueOn: null,
      open: false,
      outcome: 'upheld',
      told: [{ about: 'decision', form: 'sms', at: '2026-11-22T15:00:00+08:00' }],
      messages: [{ from: 'bank', text: '我们正在调取录音。' }],
    });
    expect(view.review).toContain('30 日内');
    const whole = JSON.stringify(view);
    for (const secret of ['内部', handler.subject, id, '王小云', '13800005678']) expect(whole).not.toContain(secret);
  });

  it('is the same nothing for a wrong code, a number that is nobody’s, another’s code and another institution', async () => {
    const [one, other] = [await room.file(), await room.file()];
    const desk = await stage.register();
    const tries = [
      room.status({ ...one, accessCode: other.accessCode }),
      room.status({ ...one, receiptNumber: 'TS20261121-999999' }),
      room.status({ ...one, receiptNumber: desk.number }),
      room.status(one, room.visitor({ institutionId: 'bank-2' })),
    ];
    const answers = await Promise.all(
      tries.map((each) =>
        each.then(
          () => 'done',
          (error: { kind: unknown; extras: unknown }) => JSON.stringify([error.kind, error.extras]),
        ),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('receipt-unknown');
  });

  it('is looked for ten times an hour at most from one address, however many come at once; the right address still gets in elsewhere', async () => {
    const receipt = await room.file();
    const visitor = room.visitor({ ip: '192.0.2.50' });
    const wrong = { ...receipt, accessCode: 'AAAA-AAAA-AAAA' };
    const all = await Promise.all(Array.from({ length: 16 }, () => codeOf(room.status(wrong, visitor))));
    expect(all.filter((one) => one === 'receipt-unknown')).toHaveLength(10);
    expect(all.filter((one) => one === 'too-many-requests')).toHaveLength(6);
    await expect(room.status(receipt, visitor)).rejects.toMatchObject({ extras: { retryAfterSeconds: 3600 } });
    expect((await room.status(receipt)).state).toBe('received');
    stage.now = '2026-11-21T16:00:00+08:00';
    expect((await room.status(receipt, visitor)).state).toBe('received');
  });

  it('right codes are not counted', async () => {
    const receipt = await room.file();
    const visitor = room.visitor({ ip: '192.0.2.51' });
    for (let n = 0; n < 15; n += 1) await room.status(receipt, visitor);
    expect(await codeOf(room.status(receipt, visitor))).toBe('done');
  });
});

describe('what is added', () => {
  it('is an entry that the desk reads, is told of and finds, and that the complainant sees', async () => {
    const receipt = await room.file();
    const id = await room.idOf(receipt);
    await stage.assignments.assign(handler, id, { handler: handler.subject }, 'r');
    const { view } = await add(receipt, '对方自称工号 8812');
    expect(view.messages).toEqual([{ at: '2026-11-21T15:00:00+08:00', from: 'complainant', text: '对方自称工号 8812' }]);
    const timeline = await stage.complaints.timeline(handler, id, {}, { requestId: 'r', language: 'zh' });
    expect(timeline.items.at(-1)).toMatchObject({
      kind: 'complainant-added',
      actor: 'complainant',
      data: { via: 'web', senderKnown: true, text: '对方自称工号 8812' },
    });
    const told = await stage.sql<{ recipient: string }>(
      `select recipient from notification where complaint = $1 and kind = 'complainant-added'`,
      [id],
    );
    expect(told).toEqual([{ recipient: handler.subject }]);
  });

  it('with its key is added once, also at once; while the complaint is open', async () => {
    const receipt = await room.file();
    const id = await room.idOf(receipt);
    await Promise.all([1, 2, 3, 4].map(() => add(receipt, '一次', 'k-add')));
    const entries = await stage.sql(`select from timeline where complaint = $1 and kind = 'complainant-added'`, [id]);
    expect(entries).toHaveLength(1);
    expect(await codeOf(add(receipt, '另一次', 'k-add'))).toBe('idempotency-key-reused');
    await stage.decide(id);
    await stage.tell(id);
    expect(await codeOf(add(receipt, '太晚'))).toBe('complaint-over');
  });
});

describe('a withdrawal', () => {
  it('closes the complaint on the same day, on the word of the complainant, once', async () => {
    const receipt = await room.file();
    const all = await Promise.all([1, 2, 3].map(() => withdraw(receipt)));
    expect(all.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    const id = await room.idOf(receipt);
    const events = await stage.sql(`select recorded_by as by from clock_event where complaint = $1 and type = 'withdrawn'`, [id]);
    expect(events).toEqual([{ by: 'complainant' }]);
    const timeline = await stage.complaints.timeline(supervisor, id, {}, { requestId: 'r', language: 'zh' });
    expect(timeline.items.at(-1)?.data.evidence).toContain('已解决');
  });

  it('comes too late once it was told, and is not done unless it is confirmed', async () => {
    const receipt = await room.file();
    const unsure = room.statuses.withdraw(room.visitor(), { ...openingOf(receipt), confirmed: false }, 'zh');
    await expect(unsure).rejects.toMatchObject({ extras: { errors: [{ pointer: '/confirmed' }] } });
    const id = await room.idOf(receipt);
    await stage.decide(id);
    await stage.tell(id);
    expect(await codeOf(withdraw(receipt))).toBe('complaint-over');
  });
});

describe('a file', () => {
  it('that is shown can be fetched, others cannot', async () => {
    const receipt = await room.file({}, { files: [await room.brought()] });
    const id = await room.idOf(receipt);
    const internal = await room.files.add(id, { fileName: '内部.pdf' });
    const { files } = await room.status(receipt);
    expect(files).toHaveLength(1);
    const opened = await room.statuses.file(room.visitor(), openingOf(receipt), files[0]?.id ?? '');
    expect(opened.fileName).toBe('截图.pdf');
    expect(await codeOf(room.statuses.file(room.visitor(), openingOf(receipt), internal.id))).toBe('not-found');
    expect(await codeOf(room.statuses.file(room.visitor(), openingOf(receipt), 'nonsense'))).toBe('not-found');
    const reads = await stage.sql(`select from personal_data_read where subject = 'complainant' and institution_id = $1`, [BANK]);
    expect(reads.length).toBeGreaterThan(0);
  });

  it('waits for the scanner, and is gone when that finds something', async () => {
    const scanned = new PublicRoom(stage, scanner);
    const receipt = await scanned.file({}, { files: [await scanned.brought()] });
    const [file] = (await scanned.status(receipt)).files;
    expect(file).toMatchObject({ ready: false });
    expect(await codeOf(scanned.statuses.file(scanned.visitor(), openingOf(receipt), file?.id ?? ''))).toBe('file-not-scanned-yet');
    await scanned.files.scan(file?.id ?? '');
    expect((await scanned.status(receipt)).files).toEqual([]);
  });
});
