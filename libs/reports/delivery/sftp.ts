import { createHash, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client, SFTPWrapper } from 'ssh2';
import { SendError } from '#sending';
import type { Parcel } from './parcel.ts';

export interface SftpAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | null;
  readonly privateKey: string | null;
  /** As `ssh-keygen -l` shows it: `SHA256:…`. */
  readonly hostKey: string;
  readonly folder: string;
}

const READY_MS = 20_000;
const WHOLE_MS = 300_000;
const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT']);
const NO_SUCH_FILE = 2;

const fingerprintOf = (key: Buffer): string => `SHA256:${createHash('sha256').update(key).digest('base64').replaceAll('=', '')}`;

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a.replaceAll('=', '')), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const about = (error: unknown): { level: string; code: unknown } => {
  const of: { level?: unknown; code?: unknown } = typeof error === 'object' && error !== null ? error : {};
  return { level: typeof of.level === 'string' ? of.level : '', code: of.code };
};

function toSendError(error: unknown, isStranger: boolean): SendError {
  if (error instanceof SendError) return error;
  const { level, code } = about(error);
  // Another server than ours, or ours with a new key: the operator looks.
  if (isStranger) return new SendError('host-key', { again: true, mayHaveArrived: false });
  if (level === 'client-authentication') return new SendError('not-authorised', { again: true, mayHaveArrived: false });
  if (NOT_REACHED.has(String(code))) return new SendError('unreachable', { again: true, mayHaveArrived: false });
  if (level === 'client-timeout') return new SendError('timeout', { again: true, mayHaveArrived: false });
  if (typeof code === 'number') return new SendError(`sftp-${code}`, { again: true, mayHaveArrived: true });
  return new SendError('connection-lost', { again: true, mayHaveArrived: true });
}

const done = <T>(begin: (end: (error: Error | null | undefined, value?: T) => void) => void): Promise<T | undefined> =>
  new Promise((resolve, reject) => begin((error, value) => (error ? reject(error) : resolve(value))));

/** The size of a file of theirs; null: there is none. */
async function sizeOf(sftp: SFTPWrapper, path: string): Promise<number | null> {
  try {
    return (await done<{ size: number }>((end) => sftp.stat(path, end)))?.size ?? null;
  } catch (error) {
    if (about(error).code === NO_SUCH_FILE) return null;
    throw error;
  }
}

/** Whole under its name, or not there under it: written beside, then renamed. One that is there from an earlier try stays. */
async function put(
  sftp: SFTPWrapper,
  folder: string,
  name: string,
  bytes: number,
  id: string,
  open: () => AsyncIterable<Buffer>,
): Promise<void> {
  const [path, draft] = [`${folder}/${name}`, `${folder}/.${name}.${id}.part`];
  const there = await sizeOf(sftp, path);
  if (there === bytes) return;
  if (there !== null) throw new SendError('another-file-there', { again: false, mayHaveArrived: false });
  await pipeline(Readable.from(open()), sftp.createWriteStream(draft, { flags: 'w' }));
  if ((await sizeOf(sftp, draft)) !== bytes) throw new SendError('cut-short', { again: true, mayHaveArrived: false });
  await done((end) => sftp.rename(draft, path, end));
}

/** Puts the files into the folder, the manifest last: where it is, all are. Throws SendError. */
export async function putParcel(address: SftpAddress, parcel: Parcel): Promise<string> {
  // Only the process that delivers pays for loading it.
  const { default: ssh2 } = await import('ssh2');
  const client: Client = new ssh2.Client();
  let isStranger = false;
  let late: NodeJS.Timeout | null = null;
  try {
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      client.on('error', reject).on('ready', () => client.sftp((error, wrapper) => (error ? reject(error) : resolve(wrapper))));
      client.connect({
        host: address.host,
        port: address.port,
        username: address.user,
        ...(address.password === null ? {} : { password: address.password }),
        ...(address.privateKey === null ? {} : { privateKey: address.privateKey }),
        readyTimeout: READY_MS,
        hostVerifier: (key: Buffer) => {
          isStranger = !isSame(address.hostKey, fingerprintOf(key));
          return !isStranger;
        },
      });
    });
    const lost = new Promise<never>((_resolve, reject) => {
      client.on('error', reject).on('close', () => reject(new SendError('connection-lost', { again: true, mayHaveArrived: true })));
      late = setTimeout(() => reject(new SendError('timeout', { again: true, mayHaveArrived: true })), WHOLE_MS);
    });
    await Promise.race([putAll(sftp, address.folder.replace(/\/+$/, ''), parcel), lost]);
    return `${address.folder}/${parcel.manifestName}`;
  } catch (error) {
    throw toSendError(error, isStranger);
  } finally {
    if (late) clearTimeout(late);
    client.end();
  }
}

async function putAll(sftp: SFTPWrapper, folder: string, parcel: Parcel): Promise<void> {
  for (const { name, bytes, open } of parcel.files) await put(sftp, folder, name, bytes, parcel.id, open);
  const manifest = Buffer.from(`${JSON.stringify(parcel.manifest, null, 2)}\n`);
  await put(sftp, folder, parcel.manifestName, manifest.length, parcel.id, async function* () {
    yield manifest;
  });
}
