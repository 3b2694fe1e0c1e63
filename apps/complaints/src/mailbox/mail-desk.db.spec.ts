import { hashOf } from '#idempotency';
import { MAILBOX, MailRoom } from '../../testing/mailbox.ts';
import { codeOf } from '../../testing/public.ts';
import { handler, principal, Stage, supervisor } from '../../testing/stage.ts';

let stage: Stage;
let room: MailRoom;

beforeAll(async () => {
  stage = await Stage.open();
  stage.now = '2026-11-21T15:00:00+08:00';
  room = await new MailRoom(stage).open();
  await room.prepare();
});
afterAll(async () => {
  await room.door.close();
  await stage.close();
});

const complaint = (id: string | null) => stage.complaints.find(handler, id ?? '', 'r');
const act = (id: string, key: string | null = null, by = handler) => ({
  principal: by,
  id,
  idempotency: key === null ? null : { key, hash: hashOf('mail', key) },
  requestId: 'r',
});
let count = 0;
/** Each another mail of another sender. */
const raw = (headers: string, body: string): string => {
  count += 1;
  return `From: d${count}@example.test\r\nTo: ${MAILBOX}\r\nMessage-ID: <d${count}@x.test>\r\n${headers}\r\n\r\n${body}\r\n`;
};

describe('what nobody can read', () => {
  const garbage: readonly [string, string | Buffer][] = [
    ['no mail at all', 'just words without any head'],
    ['bytes', Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 251))],
    ['no sender', 'Subject: x\r\nMessage-ID: <g1@x>\r\n\r\nhello'],
    ['an address that is none', 'From: <<>>\r\nSubject: x\r\nMessage-ID: <g2@x>\r\n\r\nhello'],
    ['nothing', 'From: a@x.test\r\nMessage-ID: <g3@x>\r\n\r\n'],
    [
      'multipart that does not end',
      'From: a@x.test\r\nMessage-ID: <g4@x>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nx',
    ],
    ['an unknown charset', 'From: a2@x.test\r\nMessage-ID: <g5@x>\r\nContent-Type: text/plain; charset=no-such\r\n\r\nx\0y'],
    [
      'nested deep',
      `From: a3@x.test\r\nMessage-ID: <g6@x>\r\n${'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'.repeat(300)}Content-Type: text/plain\r\n\r\nx`,
    ],
    [
      'base64 that is none',
      'From: a4@x.test\r\nMessage-ID: <g7@x>\r\nContent-Type: application/pdf; name="../../etc/passwd"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%',
    ],
  ];

  it('is settled all the same: taken, or shown to a person', async () => {
    const states: [string, string, string | null][] = [];
    for (const [name, bytes] of garbage) {
      const mail = await room.throughRaw(bytes);
      states.push([name, mail.state, mail.reason]);
      const view = await room.mailbox.find(handler, mail.id, 'r');
      for (const { fileName } of view.files) expect(fileName).not.toMatch(/[/\\]/);
    }
    expect(states.slice(0, 5)).toEqual([
      ['no mail at all', 'waiting', 'unreadable'],
      ['bytes', 'waiting', 'unreadable'],
      ['no sender', 'waiting', 'no-sender'],
      ['an address that is none', 'waiting', 'no-sender'],
      ['nothing', 'waiting', 'empty'],
    ]);
    expect(states.slice(5).every(([, state]) => ['complaint', 'waiting'].includes(state))).toBe(true);
  });

  it('becomes a complaint by what a person says of it', async () => {
    const mail = await room.throughRaw('not a mail, but somebody wants something');
    await expect(room.mailbox.makeComplaint(act(mail.id), {})).rejects.toMatchObject({
      extras: { errors: [{ pointer: '/name' }, { pointer: '/contact' }, { pointer: '/subject' }, { pointer: '/narrative' }] },
    });
    const said = { name: '周', contact: '13800007777', subject: '无法读取的邮件', narrative: '电话核实后登记' };
    const view = await room.mailbox.makeComplaint(act(mail.id), said);
    expect(view).toMatchObject({ state: 'complaint', acknowledged: false });
    expect(await complaint(view.complaintId)).toMatchObject({
      channel: 'email',
      receivedAt: '2026-11-21T15:00:00+08:00',
      registeredBy: handler.subject,
    });
  });
});

describe('a person', () => {
  const waiting = async (): Promise<string> => {
    const mail = await room.throughRaw(raw('Auto-Submitted: auto-generated\r\nSubject: 系统通知', '内容'));
    expect(mail.state).toBe('waiting');
    return mail.id;
  };

  it('settles a mail once, however many do so at once; the same key is the same act', async () => {
    const id = await waiting();
    const all = await Promise.all([
      ...[1, 2].map(() => codeOf(room.mailbox.makeComplaint(act(id), {}))),
      codeOf(room.mailbox.makeComplaint(act(id, null, supervisor), {})),
    ]);
    expect(all.filter((one) => one === 'done')).toHaveLength(1);
    expect(all.filter((one) => one === 'mail-settled')).toHaveLength(2);
    const other = await waiting();
    const twice = await Promise.all([1, 2, 3].map(() => room.mailbox.makeComplaint(act(other, 'm-1'), {})));
    expect(new Set(twice.map(({ complaintId }) => complaintId)).size).toBe(1);
  });

  it('says why it is no complaint, and may think again', async () => {
    const id = await waiting();
    const dismissed = await room.mailbox.dismiss(act(id), '广告');
    expect(dismissed).toMatchObject({ state: 'dismissed', dismissal: '广告', settledBy: handler.subject });
    expect((await room.mailbox.makeComplaint(act(id), {})).state).toBe('complaint');
    expect(await codeOf(room.mailbox.dismiss(act(id), 'x'))).toBe('mail-settled');
  });

  it('cannot add a mail to a complaint about himself, nor to one that is not there', async () => {
    const id = await waiting();
    const view = await stage.register({ against: { staffId: handler.subject } }, supervisor);
    expect(await codeOf(room.mailbox.attach(act(id), view.number))).toBe('recused');
    expect(await codeOf(room.mailbox.attach(act(id), 'TS20200101-000001'))).toBe('invalid');
    expect((await room.mailbox.find(handler, id, 'r')).state).toBe('waiting');
  });

  it('of another institution or of an agency sees nothing; each reading is on record', async () => {
    const id = await waiting();
    const stranger = principal('complaint-handler', { institutionId: 'bank-2' });
    expect(await codeOf(room.mailbox.find(stranger, id, 'r'))).toBe('not-found');
    expect((await room.mailbox.list(stranger, {}, 'r')).items).toEqual([]);
    expect(await codeOf(room.mailbox.list(principal('complaint-handler', { agencyId: 'a' }), {}, 'r'))).toBe('not-found');
    await room.mailbox.find(handler, id, 'read-me');
    const reads = await stage.sql(`select from personal_data_read where request_id = 'read-me'`);
    expect(reads).toHaveLength(1);
    const page = await room.mailbox.list(handler, { limit: 2 }, 'r');
    expect([page.items.length, page.waiting > 2, page.nextCursor !== null]).toEqual([2, true, true]);
  });
});

describe('addresses', () => {
  it('belong to one institution, and are mailboxes', async () => {
    const other = principal('complaint-supervisor', { institutionId: 'bank-2' });
    expect(await codeOf(room.addresses.add(other, MAILBOX))).toBe('mailbox-address-taken');
    expect(await codeOf(room.addresses.add(supervisor, 'nonsense'))).toBe('invalid');
    const all = await Promise.all([1, 2, 3].map(() => room.addresses.add(supervisor, 'New@Bank.example')));
    expect(all.at(-1)?.items.filter(({ address }) => address === 'new@bank.example')).toHaveLength(1);
    expect(await codeOf(room.addresses.retire(other, 'new@bank.example'))).toBe('not-found');
  });
});
