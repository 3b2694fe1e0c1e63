import { readFileSync } from 'node:fs';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Logger } from '#telemetry';
import { ConfigError } from '#config';
import type { MailboxConfig } from './mailbox.settings.ts';
import type { ReceivingService, Recipient } from './receiving.service.ts';

const SOCKET_MS = 60_000;
const CLOSE_MS = 5000;
const MOST_RECIPIENTS = 20;

/** A reply of SMTP. Its words go to a stranger: nothing of ours is in them. */
const reply = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

type Done = (error?: Error | null, message?: string) => void;

/**
 * The mailbox as mail servers see it. Whoever hears 250 after the data may forget the mail; before that anything that goes wrong is 4xx, and the sender
 * keeps it and comes again.
 */
export class MailboxPort {
  private readonly server: SMTPServer;
  private readonly recipients = new WeakMap<SMTPServerSession, Recipient[]>();

  /** Throws ConfigError for certificates that cannot be read. */
  constructor(
    private readonly receiving: ReceivingService,
    private readonly config: MailboxConfig,
    private readonly logger: Logger,
  ) {
    const tls = readTls(config);
    this.server = new SMTPServer({
      name: config.mailboxName,
      banner: 'Forbear',
      size: config.mailboxLimitBytes,
      maxClients: config.mailboxMaxClients,
      socketTimeout: SOCKET_MS,
      closeTimeout: CLOSE_MS,
      authOptional: true,
      disableReverseLookup: true,
      // Nobody signs in here; without a certificate of ours there is no other.
      disabledCommands: ['AUTH', ...(tls === null ? ['STARTTLS'] : [])],
      ...tls,
      onMailFrom: (_address, session, done) => this.mailFrom(session, done),
      onRcptTo: ({ address }, session, done) => void this.rcptTo(address, session, done),
      onData: (stream, session, done) => void this.data(stream, session, done),
    });
    // Lines break; that is theirs to mend.
    this.server.on('error', (error) => this.logger.debug({ err: error }, 'a line of the mailbox broke'));
  }

  /** Rejects where the port is taken. Returns the port. */
  listen(): Promise<number> {
    const { mailboxPort, mailboxHost } = this.config;
    return new Promise((resolve, reject) => {
      this.server.server.once('error', reject);
      this.server.listen(mailboxPort, mailboxHost, () => {
        this.server.server.off('error', reject);
        const address = this.server.server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : mailboxPort);
      });
    });
  }

  /** Lets mails that are on their way finish, for a while. */
  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private mailFrom(session: SMTPServerSession, done: Done): void {
    this.recipients.delete(session);
    if (this.config.mailboxRequireTls && !session.secure) return done(reply(530, '5.7.0 Must issue a STARTTLS command first'));
    done();
  }

  private async rcptTo(address: string, session: SMTPServerSession, done: Done): Promise<void> {
    try {
      const found = await this.receiving.recipient(address);
      if (found === null) return done(reply(550, '5.1.1 No such mailbox here'));
      const before = this.recipients.get(session) ?? [];
      // A mail is of one institution: for another the sender comes again, as RFC 5321 has it.
      const isOther = before.some(({ institutionId }) => institutionId !== found.institutionId);
      if (isOther || before.length >= MOST_RECIPIENTS) return done(reply(452, '4.5.3 Too many recipients'));
      this.recipients.set(session, [...before, found]);
      done();
    } catch (error) {
      this.failed(error, done);
    }
  }

  private async data(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): Promise<void> {
    try {
      const [recipient] = this.recipients.get(session) ?? [];
      if (!recipient) {
        stream.resume();
        return done(reply(503, '5.5.1 No valid recipient'));
      }
      const { mailFrom } = session.envelope;
      const nullSender = mailFrom === false || mailFrom.address === '';
      const taken = await this.receiving.take({ recipient, nullSender }, stream);
      if (taken === 'too-large') return done(reply(552, '5.3.4 Message too large'));
      done(null, taken === 'known' ? '2.0.0 Known already' : '2.0.0 Kept');
    } catch (error) {
      // What is left of it is read to its end, or the sender never hears the answer.
      stream.resume();
      this.failed(error, done);
    }
  }

  private failed(error: unknown, done: Done): void {
    this.logger.warn({ err: error }, 'mail could not be taken; its sender will come again');
    done(reply(451, '4.3.0 Try again later'));
  }
}

function readTls({ mailboxTlsCert, mailboxTlsKey, mailboxRequireTls }: MailboxConfig): { cert: Buffer; key: Buffer } | null {
  if (mailboxTlsCert === '' && mailboxTlsKey === '') {
    if (mailboxRequireTls) throw new ConfigError(['MAILBOX_REQUIRE_TLS needs MAILBOX_TLS_CERT and MAILBOX_TLS_KEY']);
    return null;
  }
  try {
    return { cert: readFileSync(mailboxTlsCert), key: readFileSync(mailboxTlsKey) };
  } catch {
    throw new ConfigError(['MAILBOX_TLS_CERT and MAILBOX_TLS_KEY must both be files that can be read']);
  }
}
