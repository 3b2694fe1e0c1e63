import { boolean, integer, text, type ConfigOf } from '#config';

const group = 'mailbox';

export const mailboxSettings = {
  mailboxPort: integer('MAILBOX_PORT', {
    group,
    description: 'Port on which complaints are received as mail (SMTP); 0: none are',
    fallback: 0,
    max: 65_535,
  }),
  mailboxHost: text('MAILBOX_HOST', {
    group,
    description: 'Address to listen on for mail; loopback unless the bank’s mail gateway stands on another machine',
    fallback: '127.0.0.1',
  }),
  mailboxName: text('MAILBOX_NAME', { group, description: 'How the mailbox greets, as the name of a host', fallback: 'forbear.invalid' }),
  mailboxTlsCert: text('MAILBOX_TLS_CERT', {
    group,
    description: 'File with the certificate (PEM) for STARTTLS; empty: it is not offered',
    fallback: '',
  }),
  mailboxTlsKey: text('MAILBOX_TLS_KEY', { group, description: 'File with its key (PEM)', fallback: '' }),
  mailboxRequireTls: boolean('MAILBOX_REQUIRE_TLS', {
    group,
    description: 'Whether mail is taken over sealed lines alone; needs a certificate',
    fallback: false,
  }),
  mailboxLimitBytes: integer('MAILBOX_LIMIT_BYTES', {
    group,
    description: 'Largest mail that is taken in',
    fallback: 25 * 1024 * 1024,
    min: 1024,
    max: 100 * 1024 * 1024,
  }),
  mailboxMaxClients: integer('MAILBOX_MAX_CLIENTS', {
    group,
    description: 'Lines that are open at once for mail',
    fallback: 50,
    min: 1,
    max: 1000,
  }),
};

export type MailboxConfig = ConfigOf<typeof mailboxSettings>;
