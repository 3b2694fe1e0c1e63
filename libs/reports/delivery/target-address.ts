import { INVALID, Refusal, type FieldError } from '#problem';
import type { TargetRequest, TargetSftp } from './delivery.dto.ts';
import type { Channel } from './target.store.ts';

const ONE_ADDRESS = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+\.[^\s@,;:<>()".]+$/;
const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}=?$/;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

interface Checked {
  /** What is sealed; null: nothing. */
  readonly address: object | null;
  readonly shown: string;
}

const refuse = (errors: readonly FieldError[]): never => {
  throw new Refusal(INVALID, { errors });
};

/** The address of the channel and no other. Refuses with INVALID. */
export function addressOf(request: TargetRequest): Checked {
  const { channel, email, sftp, webhook } = request;
  const given: Readonly<Record<Exclude<Channel, 'portal'>, object | undefined>> = { email, sftp, webhook };
  const strays = Object.entries(given).filter(([name, value]) => name !== channel && value !== undefined);
  if (strays.length > 0) refuse(strays.map(([name]) => ({ pointer: `/${name}`, detail: `leave it out: the channel is ${channel}` })));
  if (channel === 'email' && email) return mailAddress(email.to);
  if (channel === 'sftp' && sftp) return sftpAddress(sftp);
  if (channel === 'webhook' && webhook) return webhookAddress(webhook.url, webhook.secret);
  if (channel !== 'portal') refuse([{ pointer: `/${channel}`, detail: `is needed for the channel ${channel}` }]);
  return { address: null, shown: 'portal' };
}

function mailAddress(to: string): Checked {
  if (!ONE_ADDRESS.test(to)) refuse([{ pointer: '/email/to', detail: 'must be one mail address' }]);
  return { address: { to }, shown: `${to.slice(0, 1)}***${to.slice(to.lastIndexOf('@'))}` };
}

function sftpAddress({ host, port = 22, user, hostKey, folder, ...proof }: TargetSftp): Checked {
  const [password, privateKey] = [proof.password ?? null, proof.privateKey ?? null];
  const errors: FieldError[] = [];
  if (/[\s/@]/.test(host)) errors.push({ pointer: '/sftp/host', detail: 'must be the name or number of a server, without more' });
  if ((password === null) === (privateKey === null)) errors.push({ pointer: '/sftp', detail: 'needs either password or privateKey' });
  if (!FINGERPRINT.test(hostKey)) errors.push({ pointer: '/sftp/hostKey', detail: 'must be as `ssh-keygen -l` shows it: SHA256:…' });
  if (!folder.startsWith('/') || folder.split('/').includes('..'))
    errors.push({ pointer: '/sftp/folder', detail: 'must begin with / and go nowhere but down' });
  if (errors.length > 0) refuse(errors);
  return { address: { host, port, user, password, privateKey, hostKey, folder }, shown: `sftp://${host}:${port}${folder}` };
}

function webhookAddress(url: string, secret: string): Checked {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null) return refuse([{ pointer: '/webhook/url', detail: 'must be a URL' }]);
  const isFine = parsed.protocol === 'https:' || (parsed.protocol === 'http:' && LOOPBACK.test(parsed.hostname));
  if (!isFine) refuse([{ pointer: '/webhook/url', detail: 'must begin with https://: reports do not cross a network in clear' }]);
  if (parsed.username !== '' || parsed.password !== '')
    refuse([{ pointer: '/webhook/url', detail: 'must have no account in it: what is posted is signed' }]);
  return { address: { url, secret }, shown: `${parsed.origin}${parsed.pathname}` };
}
