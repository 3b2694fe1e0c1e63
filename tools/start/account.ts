import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Told } from '../explain.mjs';

/** The user that PostgreSQL runs as: it refuses root. Empty means the present user. */
export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Where PostgreSQL finds its programs and keeps its data, such that the account can reach both. */
export interface Place {
  readonly account: Account;
  readonly binaries: Binaries;
  /** The real folder: `.data/postgres` may be a link to it. */
  readonly data: string;
}

const isRoot = (): boolean => process.getuid?.() === 0;

function lookUp(name: string): Account | null {
  try {
    const id = (flag: string): number =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

function unprivilegedAccount(): Account {
  const known = lookUp('postgres');
  if (known) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], { stdio: 'ignore' });
  const found = lookUp('postgres') ?? lookUp('nobody');
  if (!found) throw new Told('PostgreSQL does not run as root and no other user could be made: start Forbear as a normal user.');
  return found;
}

function can(account: Account, script: string, path: string): boolean {
  return spawnSync('sh', ['-c', script, 'sh', path], { ...account, cwd: '/', stdio: 'ignore' }).status === 0;
}

// For data and programs that the account cannot reach inside the project (a project below /root, say).
const OUTSIDE = '/var/lib/forbear';

function outsideFolder(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  return join(OUTSIDE, name);
}

// Shared by all projects and versions of this machine; never changed once it is there.
function reachableBinaries(binaries: Binaries, account: Account): Binaries {
  if (can(account, 'test -x "$1"', binaries.postgres)) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string };
  const copy = join(OUTSIDE, `programs-${version}`);
  if (!existsSync(copy)) {
    mkdirSync(OUTSIDE, { recursive: true, mode: 0o755 });
    const beside = `${copy}.${process.pid}`;
    cpSync(native, beside, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(beside, copy);
    } catch (error) {
      // Another start was quicker.
      rmSync(beside, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return { initdb: join(copy, 'bin/initdb'), postgres: join(copy, 'bin/postgres') };
}

function belongsTo(account: Account, folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  } catch (error) {
    // Some mounts have no owners to change; a full or read-only disk is another matter and is told.
    if (error instanceof Error && 'code' in error && error.code !== 'EPERM' && error.code !== 'EINVAL') throw error;
  }
  return can(account, 'test -O "$1" && test -w "$1" && ls "$1"', folder);
}

const linkTarget = (path: string): string | null => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isSymbolicLink() ? resolve(dirname(path), readlinkSync(path)) : null;
};

function reachableData(folder: string, account: Account, outside: string, say: (line: string) => void): string {
  const linked = linkTarget(folder);
  if (linked !== null && linked !== join(outside, 'data')) {
    throw new Told(`${folder} is a link to the data of a project at another path (${linked}): remove the link to start afresh here.`);
  }
  if (linked === null && belongsTo(account, folder)) return folder;
  const data = join(outside, 'data');
  mkdirSync(outside, { recursive: true, mode: 0o755 });
  if (!belongsTo(account, data)) throw new Told(`PostgreSQL's user can use neither ${folder} nor ${data}: start Forbear as a normal user.`);
  if (linked === null) {
    rmSync(folder, { recursive: true, force: true });
    symlinkSync(data, folder);
    say(`PostgreSQL's user cannot reach ${dirname(folder)}; its data lies in ${data}, linked from there.`);
  }
  return data;
}

/** Finds, and where necessary makes, what PostgreSQL can work with. `folder` is where the data should lie. */
export function findPlace(folder: string, binaries: Binaries, say: (line: string) => void): Place {
  for (const program of [binaries.initdb, binaries.postgres]) {
    if ((statSync(program).mode & 0o111) === 0) chmodSync(program, 0o755);
  }
  if (!isRoot()) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return { account: {}, binaries, data: folder };
  }
  const outside = outsideFolder(folder);
  // Data that a normal user began stays that user's.
  const owner = existsSync(join(folder, 'PG_VERSION')) ? statSync(folder) : null;
  const account = owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : unprivilegedAccount();
  const data = reachableData(folder, account, outside, say);
  return { account, binaries: reachableBinaries(binaries, account), data };
}

/** Removes the data, and what lies outside for it. */
export function removeData(folder: string): void {
  const outside = outsideFolder(folder);
  if (linkTarget(folder) === join(outside, 'data')) rmSync(outside, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  rmSync(join(dirname(folder), `${basename(folder)}.new`), { recursive: true, force: true });
}
