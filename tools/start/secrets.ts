import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Told } from '../explain.mjs';

/** Made on the first start, kept in `.data/secrets.json` (mode 0600). Without the vault keys the data cannot be read. */
export interface Secrets {
  readonly vaultKeys: string;
  readonly vaultIndexKey: string;
  /** With which the services sign what they ask of each other. */
  readonly peerKeys: string;
  readonly adminPassword: string;
  /** By role name. */
  readonly passwords: Readonly<Record<string, string>>;
}

const word = (): string => randomBytes(24).toString('base64url');

/** A start of before services read from each other kept no keys for it. */
type KeptSecrets = Omit<Secrets, 'peerKeys'> & { readonly peerKeys?: string };

const peerKey = (): string => `demo1:${randomBytes(32).toString('base64')}`;

function isSecrets(value: unknown): value is KeptSecrets {
  if (typeof value !== 'object' || value === null) return false;
  const texts = ['vaultKeys', 'vaultIndexKey', 'adminPassword'].every((key) => typeof Reflect.get(value, key) === 'string');
  return texts && typeof Reflect.get(value, 'passwords') === 'object';
}

/** Reads the secrets, makes what is missing (all of them, or the password of a role that is new), and keeps them. */
export function loadSecrets(dataFolder: string, roles: readonly string[]): Secrets {
  const file = join(dataFolder, 'secrets.json');
  let kept: unknown;
  try {
    kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (kept !== null && !isSecrets(kept)) throw new Told(`${file} cannot be read: put it back, or start afresh with: npm start -- --reset`);
  const base: KeptSecrets = kept ?? {
    vaultKeys: `k1:${randomBytes(32).toString('base64')}`,
    vaultIndexKey: randomBytes(32).toString('base64'),
    adminPassword: word(),
    passwords: {},
  };
  const missing = roles.filter((role) => base.passwords[role] === undefined);
  if (kept !== null && missing.length === 0 && base.peerKeys !== undefined) return { ...base, peerKeys: base.peerKeys };
  const secrets: Secrets = {
    ...base,
    peerKeys: base.peerKeys ?? peerKey(),
    passwords: { ...base.passwords, ...Object.fromEntries(missing.map((role) => [role, word()])) },
  };
  const beside = `${file}.new`;
  const handle = openSync(beside, 'w', 0o600);
  writeSync(handle, `${JSON.stringify(secrets, null, 2)}\n`);
  // Data sealed under a key that a power cut took away would be lost.
  fsyncSync(handle);
  closeSync(handle);
  renameSync(beside, file);
  return secrets;
}
