// What every command does first, on whatever Node >= 20 the machine has: install, build, then go on under the Node of the repository.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explain, Told } from './explain.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const dataFolder = join(root, '.data');
export const say = (line) => process.stderr.write(`${line}\n`);

/** Runs a command's main function; what a person can do something about becomes one line and exit code 1. */
export async function command(main) {
  // A reader that closes early (`| head`) is not an error.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  }
  try {
    if (Number.parseInt(process.versions.node, 10) < 20) {
      throw new Told(`Node ${process.versions.node} is too old: install Node 20 or newer (nodejs.org), then run the same command again.`);
    }
    process.exitCode = await main();
  } catch (error) {
    const line = explain(error, error?.path ?? root);
    say(line ?? `This should not have happened, please report it: ${error?.stack ?? error}`);
    process.exitCode = 1;
  }
}

/** Makes .data; fails early and clearly where the folder cannot be written or the disk is full. */
export function openDataFolder() {
  try {
    mkdirSync(join(dataFolder, 'logs'), { recursive: true });
    const probe = join(dataFolder, `.probe-${process.pid}`);
    // A full disk still lets empty files be made.
    writeFileSync(probe, Buffer.alloc(64 * 1024));
    rmSync(probe);
  } catch (error) {
    rmSync(join(dataFolder, `.probe-${process.pid}`), { force: true });
    throw new Told(explain(error, root) ?? `${root}: ${error.message}`);
  }
}

const fingerprint = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const stampFile = join(root, 'node_modules/.forbear-installed');

function isInstalled() {
  if (!existsSync(join(root, 'node_modules/.bin'))) return false;
  if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8') === fingerprint();
  // Installed by hand: npm leaves this file, last of all.
  const mark = join(root, 'node_modules/.package-lock.json');
  return existsSync(mark) && statSync(mark).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function collect(program, args, options) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? 1, signal, output }));
  });
}

// What the packages take, and some more. npm on a full disk tries for minutes and then names another cause.
const INSTALL_BYTES = 1e9;
const freeBytes = () => {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
};

async function install() {
  if (isInstalled()) return;
  // An update replaces what is there; only a first install needs all of it.
  const needed = existsSync(join(root, 'node_modules/.bin')) ? INSTALL_BYTES / 10 : INSTALL_BYTES;
  if (freeBytes() < needed) {
    const [has, wants] = [freeBytes(), needed].map((bytes) => Math.round(bytes / 1e6));
    throw new Told(`The disk is full: the packages need ${wants} MB where ${root} lies, ${has} MB are free.`);
  }
  say('Installing packages (only now and when they change; a minute or two) …');
  const npm = process.env.npm_execpath ?? '';
  // The versions are the lock file's, which stays as it is. Not `npm ci`: it refuses a lock file that leaves out packages for other
  // systems, as one does that was made where those were not to be had; and it installs from nothing where little has changed.
  const args = ['install', '--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const [program, full] = /\.c?js$/.test(npm) ? [process.execPath, [npm, ...args]] : ['npm', args];
  // One package's install script would report home otherwise.
  const env = { ...process.env, SCARF_ANALYTICS: 'false', NODE_ENV: 'development' };
  const { code, signal, output } = await collect(program, full, { cwd: root, env, shell: process.platform === 'win32' });
  if (code !== 0) {
    if (signal === 'SIGINT' || signal === 'SIGTERM') throw new Told('Stopped while installing; run the same command again to go on.');
    const line = explain(output, root);
    if (line) throw new Told(line);
    say(output.trim().split('\n').slice(0, 25).join('\n'));
    throw new Told('npm install failed, see above.');
  }
  writeFileSync(stampFile, fingerprint());
}

/** Installs and builds what is missing or changed; see `build` for `toRun`. */
export async function prepare({ toRun = true } = {}) {
  await install();
  if (!existsSync(stampFile)) writeFileSync(stampFile, fingerprint());
  const { build } = await import('./build.mjs');
  try {
    await build({ toRun });
  } catch (error) {
    throw new Told(explain(error, join(root, 'dist')) ?? `The build failed: ${error.message}`);
  }
}

const nodeBinary = () => {
  const own = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(own) ? own : process.execPath;
};

// The shell that npm put between, and npm itself: when either is killed, nobody tells us.
function startedBy() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid);
  }
}

/**
 * Runs a built entry under the repository's Node with our terminal and hands its exit code on. Signals are forwarded; under npm, whose
 * shell may die without telling us, the end of the parent counts as SIGTERM. With `ipc` the child notices when this process is gone.
 */
export function runBuilt(entry, args, { env = {}, ipc = false, nodeArgs = [] } = {}) {
  return new Promise((resolve, reject) => {
    const file = join(root, 'dist', entry.replace(/\.[jt]s$/, '') + '.js');
    if (!existsSync(file)) return reject(new Told(`There is no ${entry} to run.`));
    const bin = join(root, 'node_modules/.bin');
    const child = spawn(nodeBinary(), ['--enable-source-maps', ...nodeArgs, file, ...args], {
      stdio: ipc ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
      env: { ...process.env, PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`, ...env },
    });
    const forward = (signal) => child.kill(signal);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
    const ancestors = startedBy();
    const watch = process.env.npm_lifecycle_event
      ? setInterval(() => {
          if (startedBy() === ancestors) return;
          clearInterval(watch);
          forward('SIGTERM');
        }, 500)
      : undefined;
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearInterval(watch);
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(name, forward);
      if (ipc && child.connected) child.disconnect();
      // The reader went away (`| head`): quiet, as for any filter.
      if (signal === 'SIGPIPE') return resolve(0);
      resolve(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1));
    });
  });
}
