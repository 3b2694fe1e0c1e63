import { isAutomatic, mayAnswer, numbersIn, sortMail, type MailContent } from './mail-content.ts';
import { MailIdentity } from './mail-identity.ts';

const headers = (given: Record<string, string> = {}): ReadonlyMap<string, string> => new Map(Object.entries(given));
const identityOf = (text: string, size = 7): string => {
  const identity = new MailIdentity();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) identity.update(bytes.subarray(at, at + size));
  return identity.digest();
};

describe('what no person wrote', () => {
  it('is told by the envelope and by its headers', () => {
    expect(isAutomatic(headers(), false)).toBe(false);
    expect(isAutomatic(headers({ 'auto-submitted': 'no' }), false)).toBe(false);
    expect(isAutomatic(headers(), true)).toBe(true);
    const automatic: readonly Record<string, string>[] = [
      { 'auto-submitted': 'auto-replied' },
      { 'auto-submitted': 'auto-generated; owner-email="x"' },
      { precedence: 'bulk' },
      { precedence: ' List ' },
      { 'list-id': '<x.example>' },
      { 'list-unsubscribe': '<mailto:x@example.test>' },
      { 'x-autoreply': 'yes' },
      { 'content-type': 'multipart/report; report-type=delivery-status' },
    ];
    for (const given of automatic) expect([given, isAutomatic(headers(given), false)]).toEqual([given, true]);
  });

  it('is not answered, nor is whoever does not read', () => {
    expect(mayAnswer(headers(), 'wang@example.test', false, [])).toBe(true);
    expect(mayAnswer(headers(), 'wang@example.test', true, [])).toBe(false);
    expect(mayAnswer(headers({ 'x-auto-response-suppress': 'All' }), 'wang@example.test', false, [])).toBe(false);
    expect(mayAnswer(headers(), 'Complaints@bank.example', false, ['complaints@bank.example'])).toBe(false);
    for (const sender of [
      'noreply@x.test',
      'no-reply+1@x.test',
      'NoReply@x.test',
      'MAILER-DAEMON@x.test',
      'postmaster@x.test',
      'bounce-1@x.test',
    ])
      expect([sender, mayAnswer(headers(), sender, false, [])]).toEqual([sender, false]);
    expect(mayAnswer(headers(), 'noreen@x.test', false, [])).toBe(true);
  });
});

describe('a mail', () => {
  const content: MailContent = {
    from: { name: '', address: 'wang@example.test' },
    subject: '',
    text: '',
    date: null,
    answers: [],
    isAutomatic: false,
    mayAnswer: true,
    attachments: [],
  };

  it('is taken where somebody said something', () => {
    expect(sortMail(content)).toBe('empty');
    expect(sortMail({ ...content, subject: '投诉' })).toBe('take');
    expect(sortMail({ ...content, attachments: [{ fileName: 'a.jpg', bytes: 1 }] })).toBe('take');
    expect(sortMail({ ...content, from: null, text: 'x' })).toBe('no-sender');
    expect(sortMail({ ...content, isAutomatic: true, text: 'x' })).toBe('automatic');
  });

  it('names receipt numbers in its subject', () => {
    expect(numbersIn('回复：已收到您的投诉 TS20261121-000001')).toEqual(['TS20261121-000001']);
    expect(numbersIn('Re: ts20261121-000001, TS20261121-000001 and ＴＳ20261122-000002')).toEqual([
      'TS20261121-000001',
      'TS20261122-000002',
    ]);
    expect(numbersIn('TS2026-1')).toEqual([]);
  });

  it('is the same on whatever way it comes, in whatever pieces', () => {
    const mail = 'Message-ID: <1@x>\r\nFrom: a@x\r\nSubject: s\r\n\r\nbody\r\n';
    expect(identityOf(mail)).toBe(identityOf(mail, 1));
    expect(identityOf(mail)).toBe(identityOf(`Received: from y\r\n by z\r\nX-Spam: no\r\n${mail}`, 1000));
    expect(identityOf(mail)).not.toBe(identityOf(mail.replace('body', 'Body')));
    expect(identityOf(mail)).not.toBe(identityOf(mail.replace('<1@x>', '<2@x>')));
    expect(identityOf('')).toBe(identityOf(''));
    expect(identityOf('no head at all')).not.toBe(identityOf('no head at al1'));
  });
});
