import { boolean, ConfigError, integer, text, type ConfigOf, type Setting } from '#config';

const group = 'sending';

/** Like a URL of the protocols, but may be left empty: then nothing is sent that way. */
function address(env: string, protocols: readonly string[], description: string): Setting<string> {
  const setting = text(env, { group, description, fallback: '', secret: true });
  return {
    ...setting,
    type: `url (${protocols.join(', ')})`,
    parse: (raw) => {
      const protocol = URL.canParse(raw) ? new URL(raw).protocol.replace(':', '') : '';
      if (!protocols.includes(protocol)) throw new Error(`must be a URL that begins with ${protocols.join(':// or ')}://`);
      return raw;
    },
  };
}

/** What a service that sends reads; spread into the app's own settings. */
export const sendingSettings = {
  smtpUrl: address(
    'SMTP_URL',
    ['smtp', 'smtps', 'file'],
    'Mail server, `smtps://user:password@host:465`; smtp:// asks for STARTTLS unless the host is this machine. file:///folder keeps mail there (demo only). Empty: no mail is sent',
  ),
  mailFrom: text('MAIL_FROM', {
    group,
    description: 'The sender of mail, `Bank <service@bank.example>`; required with SMTP_URL',
    fallback: '',
  }),
  smtpTimeoutMs: integer('SMTP_TIMEOUT_MS', {
    group,
    description: 'How long a mail server may take to greet; while a mail is handed over it may be silent twice as long',
    fallback: 20_000,
    min: 50,
    max: 300_000,
  }),
  smsUrl: address(
    'SMS_URL',
    ['https', 'http', 'file'],
    'Gateway for text messages: takes a POST of `{ id, to, text }`. file:///folder keeps them there (demo only). Empty: no text message is sent',
  ),
  smsAuthHeader: text('SMS_AUTH_HEADER', { group, description: 'Header that carries SMS_TOKEN', fallback: 'authorization' }),
  smsToken: text('SMS_TOKEN', { group, description: 'Its value, `Bearer …` where the gateway wants that', fallback: '', secret: true }),
  smsSecret: text('SMS_SECRET', {
    group,
    description: 'Key that signs what is sent to the gateway, 32 characters at least; empty: it is not signed',
    fallback: '',
    secret: true,
  }),
  smsTimeoutMs: integer('SMS_TIMEOUT_MS', {
    group,
    description: 'How long the gateway may take to answer',
    fallback: 10_000,
    min: 50,
    max: 120_000,
  }),
  smsReplyId: text('SMS_REPLY_ID', {
    group,
    description: 'Field of the gateway’s answer with its id of the message; a path with dots',
    fallback: 'id',
  }),
  smsReplyGood: text('SMS_REPLY_GOOD', {
    group,
    description: 'For gateways that answer 200 to everything: `field=value` of the answer when the message was taken, as in `Code=OK`',
    fallback: '',
  }),
};

/** The demo keeps what it sends in a folder: only a demo may. */
const demo = { demo: boolean('DEMO', { group: 'demo', description: '', fallback: false }) };

export type SendingConfig = ConfigOf<typeof sendingSettings> & ConfigOf<typeof demo>;

const SHORTEST_SECRET = 32;

/** What is wrong with the settings as a whole. Throws ConfigError. */
export function checkSending(config: SendingConfig): void {
  const problems: string[] = [];
  for (const [name, url] of [
    ['SMTP_URL', config.smtpUrl],
    ['SMS_URL', config.smsUrl],
  ])
    if (url?.startsWith('file:') && !config.demo) problems.push(`${name} may name a folder only while DEMO is true`);
  if (config.smtpUrl !== '' && !/@[^\s@<>]+>?$/.test(config.mailFrom)) problems.push('MAIL_FROM must be an address while SMTP_URL is set');
  if (config.smsSecret !== '' && config.smsSecret.length < SHORTEST_SECRET)
    problems.push(`SMS_SECRET must have ${SHORTEST_SECRET} characters at least`);
  if (!/^[A-Za-z0-9-]+$/.test(config.smsAuthHeader)) problems.push('SMS_AUTH_HEADER must be the name of a header');
  if (config.smsReplyGood !== '' && !/^[^=]+=.+$/.test(config.smsReplyGood)) problems.push('SMS_REPLY_GOOD must be field=value');
  if (problems.length > 0) throw new ConfigError(problems);
}
