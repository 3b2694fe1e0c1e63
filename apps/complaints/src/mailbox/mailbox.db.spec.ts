import { hashOf } from '#idempotency';
import { EVERY_INSTITUTION, inTransaction, type Tx } from '#pg';
import { MAILBOX, MailRoom } from '../../testing/mailbox.ts';
import { encoded } from '../../testing/encoded.ts';
import { PDF, PNG } from '../../testing/intake.ts';
import { handler, principal, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: MailRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = await new MailRoom(stage).open();
  await room.prepare();
});
afterAll(async () => {
  await room.door.close();
  await stage.close();
});
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const complaint = (id: string | null) => stage.complaints.find(handler, id ?? '', 'r');
const filesOf = async (id: string | null) => (await room.files.desk.list(handler, id ?? '', 'r')).items;
const answersTo = (mailId: string) => stage.sql(`select from dispatch where ref = $1`, [mailId]);
let mails = 0;
const raw = (headers: string, body = '正文', from = 'wang@example.test'): string => {
  mails += 1;
  return `From: ${from}\r\nTo: ${MAILBOX}\r\nMessage-ID: <n${mails}@x.test>\r\n${headers}\r\n\r\n${body}\r\n`;
};
const act = (id: string, key: string | null = null, by = handler) => ({
  principal: by,
  id,
  idempotency: key === null ? null : { key, hash: hashOf('mail', key) },
  requestId: 'r',
});
let senders = 0;
/** Everybody with a mailbox of their own: answers are limited. */
const sender = (): string => {
  senders += 1;
  return `w${senders}@example.test`;
};

describe('a mail', () => {
  it('becomes a complaint, received when it was taken, with its files, and is answered', async () => {
    await room.send({
      subject: '深夜催收',
      text: '昨晚十一点接到电话。',
      attachments: [
        { filename: '通话记录.png', content: PNG },
        { filename: '说明.pdf', content: PDF },
      ],
    });
    stage.now = '2026-11-21T15:20:00+08:00';
    await room.sortAll();
    const mail = await room.last();
    expect(mail.state).toBe('complaint');
    expect(await complaint(mail.complaint)).toMatchObject({
      channel: 'email',
      receivedAt: '2026-11-21T15:00:00+08:00',
      registeredAt: '2026-11-21T15:20:00+08:00',
      complainant: { name: '王小云', contact: 'wang@example.test' },
      subject: '深夜催收',
      narrative: '昨晚十一点接到电话。',
    });
    expect((await filesOf(mail.complaint)).map(({ fileName, mime }) => [fileName, mime])).toEqual([
      ['通话记录.png', 'image/png'],
      ['说明.pdf', 'application/pdf'],
    ]);
    expect(await answersTo(mail.id)).toHaveLength(1);
  });

  it('that is sorted again, or by many at once, is one complaint with its files once', async () => {
    await room.send({ from: sender(), subject: '一次', text: 'x', attachments: [{ filename: 'a.pdf', content: PDF }] });
    const { id } = await room.last();
    await Promise.all([1, 2, 3, 4].map(() => room.sorting.sort('bank-1', id)));
    await room.sorting.sort('bank-1', id);
    const mail = await room.last();
    expect(await stage.sql('select from complaint where id = $1', [mail.complaint])).toHaveLength(1);
    expect(await filesOf(mail.complaint)).toHaveLength(1);
    expect(
      await stage.sql(
        `select from upload u where file_name = 'complaint-file' and not exists (select from complaint_file f where f.upload = u.id)`,
      ),
    ).toEqual([]);
    expect(await answersTo(id)).toHaveLength(1);
  });

  it('that a crash left alone is woken by the sweep, and one that kills whoever reads it waits for a person', async () => {
    await room.send({ from: sender(), subject: '崩溃', text: 'x' });
    const { id } = await room.last();
    await stage.sql(`delete from outbox`);
    await stage.sql(`update mail set tries = 5, received_at = now() - interval '1 hour' where id = $1`, [id]);
    await inEvery((tx) => room.sorting.wakeAbandoned(tx, 60_000));
    expect(await stage.sql(`select payload from outbox where topic = 'mail.received'`)).toEqual([
      { payload: { institutionId: 'bank-1', mailId: id } },
    ]);
    await room.sorting.sort('bank-1', id);
    expect(await room.last()).toMatchObject({ state: 'waiting', reason: 'unreadable' });
  });

  it('of HTML alone is read as its words; nothing of it runs or loads', async () => {
    const html =
      '<html><head><style>p{color:red}</style></head><body><p>尊敬的银行：</p><script>alert(1)</script><p>请<b>停止</b>来电 &lt;谢谢&gt;</p><img src="https://evil.test/x.png"></body></html>';
    const mail = await room.through({ from: sender(), subject: 'HTML', html });
    const { narrative } = await complaint(mail.complaint);
    expect(narrative).toContain('尊敬的银行');
    expect(narrative).toContain('请停止来电 <谢谢>');
    for (const gone of ['alert', 'color', 'evil.test', '<p>', '<img']) expect(narrative).not.toContain(gone);
  });

  it.each(['gbk', 'gb18030', 'gb2312', 'big5', 'utf-8'])('is read in %s, in its head and in its body', async (charset) => {
    const [subject, text] = charset === 'big5' ? ['投訴催收', '請停止來電'] : ['投诉催收', '请停止来电，谢谢'];
    const word = `=?${charset}?B?${encoded(subject, charset).toString('base64')}?=`;
    const name = `=?${charset}?B?${encoded(charset === 'big5' ? '王小雲' : '王小云', charset).toString('base64')}?=`;
    const head = `From: ${name} <${sender()}>\r\nTo: ${MAILBOX}\r\nMessage-ID: <${charset}@x.test>\r\nSubject: ${word}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
    const mail = await room.throughRaw(Buffer.concat([Buffer.from(head), encoded(`${text}\r\n`, charset)]));
    const view = await complaint(mail.complaint);
    expect([view.subject, view.narrative, view.complainant.name]).toEqual([subject, text, charset === 'big5' ? '王小雲' : '王小云']);
  });

  it('is read where its head is GBK without saying so', async () => {
    const head = Buffer.concat([
      Buffer.from(`From: ${sender()}\r\nTo: ${MAILBOX}\r\nMessage-ID: <raw-gbk@x.test>\r\nSubject: `),
      encoded('投诉夜间来电', 'gbk'),
      Buffer.from('\r\nContent-Type: text/plain; charset=gbk\r\n\r\n'),
      encoded('正文也是', 'gbk'),
    ]);
    const mail = await room.throughRaw(head);
    expect(await complaint(mail.complaint)).toMatchObject({ subject: '投诉夜间来电', narrative: '正文也是' });
  });

  it('with a text longer than a complaint takes is cut, and stays whole as it came', async () => {
    const text = '长'.repeat(30_000);
    const mail = await room.through({ from: sender(), subject: '长', text });
    const { narrative } = await complaint(mail.complaint);
    expect([narrative.length, narrative.endsWith('（全文见原始邮件）')]).toEqual([20_000, true]);
    const original = await room.mailbox.original(handler, mail.id, 'r');
    expect(original.bytes).toBeGreaterThan(90_000);
  });
});

describe('a mail that answers', () => {
  it('with the number in its subject joins the complaint; whether its sender is known is said', async () => {
    const from = sender();
    const first = await room.through({ from, subject: '投诉', text: '一' });
    const { number, id } = await complaint(first.complaint);
    const more = await room.through({
      from,
      subject: `回复：已收到：投诉 ${number.toLowerCase()}`,
      text: '补充',
      attachments: [{ filename: 'b.pdf', content: PDF }],
    });
    expect(more).toMatchObject({ state: 'joined', complaint: id });
    const stranger = await room.through({
      from: sender(),
      subject: number,
      text: '我是谁',
      attachments: [{ filename: 'c.pdf', content: PDF }],
    });
    expect(stranger).toMatchObject({ state: 'joined', complaint: id });
    const { items } = await stage.complaints.timeline(handler, id, {}, { requestId: 'r', language: 'zh' });
    const added = items.filter(({ kind }) => kind === 'complainant-added').map(({ data }) => [data.via, data.senderKnown, data.files]);
    expect(added).toEqual([
      ['email', true, 1],
      ['email', false, 1],
    ]);
    const files = await filesOf(id);
    expect(files.map(({ fileName, visibleToComplainant }) => [fileName, visibleToComplainant])).toEqual([
      ['b.pdf', true],
      ['c.pdf', false],
    ]);
  });

  it('one of our messages joins its complaint without a number', async () => {
    const first = await room.through({ from: sender(), subject: '投诉', text: '一' });
    const answer = await room.through({
      from: sender(),
      subject: 'Re:',
      text: '二',
      inReplyTo: `<${first.acknowledgement ?? ''}@bank.example>`,
    });
    expect(answer).toMatchObject({ state: 'joined', complaint: first.complaint });
  });

  it('of a complaint that is closed waits for a person, who is shown which', async () => {
    const view = await stage.register({ complainant: { name: '李', contact: 'li@example.test' } });
    await stage.decide(view.id);
    await stage.tell(view.id);
    const mail = await room.through({ from: 'li@example.test', subject: `不服 ${view.number}`, text: '要求核查' });
    expect(mail).toMatchObject({ state: 'waiting', reason: 'closed', complaint: null });
    expect(await room.mailbox.find(handler, mail.id, 'r')).toMatchObject({ suggestedNumber: view.number, text: '要求核查' });
    const settled = await room.mailbox.attach(act(mail.id), view.number);
    expect(settled).toMatchObject({ state: 'joined', complaintNumber: view.number, senderKnown: true });
  });

  it('names a number of another institution in vain', async () => {
    const other = principal('complaint-handler', { institutionId: 'bank-2' });
    const theirs = await stage.complaints.create(
      other,
      { channel: 'phone', complainant: { name: '张', contact: '1' }, subject: 's', narrative: 'n', requests: ['r'] },
      null,
      'r',
    );
    const mail = await room.through({ from: sender(), subject: theirs.number, text: 'x' });
    expect([mail.state, mail.complaint === theirs.id]).toEqual(['complaint', false]);
  });
});

describe('no circle', () => {
  it.each([
    ['Auto-Submitted: auto-replied\r\nSubject: 外出'],
    ['Precedence: bulk\r\nSubject: 广告'],
    ['List-Id: <news.example>\r\nSubject: 新闻'],
  ])('begins with %j: it waits, and is not answered', async (headers) => {
    const mail = await room.throughRaw(raw(headers));
    expect(mail).toMatchObject({ state: 'waiting', reason: 'automatic', acknowledgement: null });
    expect(await answersTo(mail.id)).toEqual([]);
  });

  it('begins with a bounce, nor with who does not read, nor with ourselves', async () => {
    await room.raw(raw('Subject: Undelivered'), { from: '', to: MAILBOX });
    await room.sortAll();
    expect(await room.last()).toMatchObject({ state: 'waiting', reason: 'automatic' });
    for (const from of ['no-reply@shop.test', 'service@bank.example', MAILBOX]) {
      const mail = await room.throughRaw(raw('Subject: x', 'y', from));
      expect([from, mail.state, mail.acknowledgement]).toEqual([from, 'complaint', null]);
    }
  });

  it('goes on for ever: of one sender five a day are answered', async () => {
    const from = sender();
    for (let n = 0; n < 7; n += 1) await room.through({ from, subject: `第 ${n} 封`, text: 'x' });
    const answered = (await room.mails()).slice(-7).map(({ acknowledgement }) => acknowledgement !== null);
    expect(answered).toEqual([true, true, true, true, true, false, false]);
  });
});

async function inEvery(work: (tx: Tx) => Promise<void>): Promise<void> {
  await inTransaction(stage.source, { institutionId: EVERY_INSTITUTION }, work);
}
