import { createTransport, type Transporter } from 'nodemailer';
import { SendError, type MailMessage, type MailPort, type Sent } from './port.ts';
import type { SendingConfig } from './settings.ts';

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

const domainOf = (from: string): string => /@([^\s@<>]+)>?$/.exec(from)?.[1] ?? 'localhost';

/** The mail as every driver sets it: one receiver, a Message-ID that is the same on every try, and no answer from machines asked for. */
export const composed = (from: string, { id, to, subject, text, attachments = [] }: MailMessage) => ({
  from,
  to: { name: '', address: to },
  subject,
  text,
  messageId: `<${id}@${domainOf(from)}>`,
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  ...(attachments.length === 0
    ? {}
    : { attachments: attachments.map(({ name, type, bytes }) => ({ filename: name, contentType: type, content: bytes })) }),
  disableFileAccess: true,
  disableUrlAccess: true,
});

// A list of addresses would reach whoever else stands in it.
const ONE_ADDRESS = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+$/;

interface SmtpFault {
  readonly message?: string;
  readonly code?: string;
  readonly responseCode?: number;
  readonly timeoutType?: string;
}

// Before the message itself has gone, whatever happens: nothing arrived.
const NOT_REACHED = new Set(['EDNS', 'ETLS', 'EREQUIRETLS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'EENVELOPE', 'ECONNREFUSED', 'EMESSAGE']);

function toSendError(error: unknown): SendError {
  const fault: SmtpFault = typeof error === 'object' && error !== null ? error : {};
  const { responseCode, code = '', timeoutType = '', message = '' } = fault;
  // The operator mends a wrong password; the message is none the worse.
  if (code === 'EAUTH' || code === 'ENOAUTH') return new SendError('not-authorised', { again: true, mayHaveArrived: false });
  if (code === 'ETLS' || code === 'EREQUIRETLS') return new SendError('no-tls', { again: true, mayHaveArrived: false });
  if (responseCode !== undefined && responseCode >= 400)
    return new SendError(`smtp-${responseCode}`, { again: responseCode < 500, mayHaveArrived: false });
  if (code === 'EENVELOPE') return new SendError('bad-address', { again: false, mayHaveArrived: false });
  const early =
    NOT_REACHED.has(code) || message.includes('ECONNREFUSED') || timeoutType === 'CONNECT_TIMEOUT' || timeoutType === 'GREETING_TIMEOUT';
  const word = code === 'ETIMEDOUT' ? 'timeout' : early ? 'unreachable' : 'connection-lost';
  return new SendError(word, { again: true, mayHaveArrived: !early });
}

/** A mail server. What bounces later is not heard of; what the server does not take is. */
export class SmtpMail implements MailPort {
  private readonly transport: Transporter;

  constructor(private readonly config: SendingConfig) {
    const url = new URL(config.smtpUrl);
    const secure = url.protocol === 'smtps:';
    const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
    this.transport = createTransport({
      host: url.hostname.replaceAll(/[[\]]/g, ''),
      port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
      secure,
      // What a debtor owes does not cross a network in clear.
      requireTLS: !secure && !isLoopback(url.hostname),
      ignoreTLS: !secure && isLoopback(url.hostname),
      ...(url.username === '' ? {} : { auth }),
      connectionTimeout: config.smtpTimeoutMs,
      greetingTimeout: config.smtpTimeoutMs,
      // Longer than the wait for a greeting, or it could not be told which of the two was over.
      socketTimeout: 2 * config.smtpTimeoutMs,
      logger: false,
    });
  }

  async send(message: MailMessage): Promise<Sent> {
    if (!ONE_ADDRESS.test(message.to)) throw new SendError('bad-address', { again: false, mayHaveArrived: false });
    try {
      const envelope = { from: this.config.mailFrom, to: [message.to] };
      const { messageId } = (await this.transport.sendMail({ ...composed(this.config.mailFrom, message), envelope })) as {
        messageId: string;
      };
      return { providerId: messageId };
    } catch (error) {
      throw toSendError(error);
    }
  }
}
