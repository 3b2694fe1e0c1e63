import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { Told } from '../explain.mjs';

// The shell first: without windows of its own it does the same with half the work.
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const downloadedNames = ['chrome-headless-shell', 'headless_shell', 'chrome-headless-shell.exe', 'headless_shell.exe'];

const ASK_MS = 30_000;
const DOWNLOAD_MS = 180_000;
const INSTALL_MS = 600_000;

export interface Ran {
  /** Null: it could not be run, or was ended for taking too long. */
  readonly code: number | null;
  readonly output: string;
}

/** What finding a browser looks at and does; the machine itself, or a test's. */
export interface Machine {
  /** The repository. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isLinux: boolean;
  readonly isRoot: boolean;
  isExecutable(path: string): boolean;
  /** Paths of the files below a folder; none when it is not there. */
  filesBelow(folder: string): readonly string[];
  run(command: string, args: readonly string[], timeoutMs: number): Promise<Ran>;
  readonly say: (line: string) => void;
}

const playwright = ({ root }: Machine): string[] => [
  join(root, 'node_modules/playwright-core/cli.js'),
  'install',
  '--only-shell',
  'chromium',
];

function installed({ env, isExecutable }: Machine): string | null {
  const given = env.CHROME_PATH;
  if (given && isExecutable(given)) return given;
  if (given) throw new Told(`CHROME_PATH names ${given}, which cannot be run.`);
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...folders.flatMap((folder) => names.map((name) => join(folder, name))), ...places].find(isExecutable) ?? null;
}

/** The browser that playwright-core itself downloads, when it is there and starts: on a bare machine it lacks libraries. */
async function downloaded(machine: Machine): Promise<string | null> {
  const { output } = await machine.run(process.execPath, [...playwright(machine), '--dry-run'], ASK_MS);
  const folders = [...output.matchAll(/Install location:\s+(\S.*)/g)].map(([, folder]) => (folder ?? '').trim());
  const found = folders.flatMap((folder) => machine.filesBelow(folder)).find((file) => downloadedNames.includes(basename(file)));
  if (found === undefined) return null;
  return (await machine.run(found, ['--version'], ASK_MS)).code === 0 ? found : null;
}

const canInstall = async (machine: Machine): Promise<boolean> =>
  machine.isLinux && machine.isRoot && (await machine.run('apt-get', ['--version'], ASK_MS)).code === 0;

async function install(machine: Machine, packages: readonly string[]): Promise<void> {
  machine.say(`Installing ${packages.join(' and ')} …`);
  await machine.run('apt-get', ['update', '-qq'], INSTALL_MS);
  await machine.run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], INSTALL_MS);
}

/** The path of a Chromium or Chrome, had from somewhere if need be; throws Told with how to get one. */
export async function findBrowser(machine: Machine): Promise<string> {
  const found = installed(machine) ?? (await downloaded(machine));
  if (found !== null) return found;
  machine.say('No Chromium or Chrome is installed: downloading one for the tests …');
  await machine.run(process.execPath, [...playwright(machine), '--no-progress'], DOWNLOAD_MS);
  const fetched = await downloaded(machine);
  if (fetched !== null) return fetched;
  if (await canInstall(machine)) {
    await install(machine, ['chromium-headless-shell', 'fonts-noto-cjk']);
    const packaged = installed(machine);
    if (packaged !== null) return packaged;
  }
  throw new Told(
    'The tests need a browser, and none could be downloaded: apt-get install chromium-headless-shell (Debian), or install Chrome, or set CHROME_PATH.',
  );
}

/** Without a font that has Chinese characters a browser draws and measures boxes: gets one where it can, and says so where it cannot. */
export async function ensureChineseFont(machine: Machine): Promise<void> {
  if (!machine.isLinux) return;
  const hasFont = async (): Promise<boolean> => (await machine.run('fc-list', [':lang=zh-cn', 'family'], ASK_MS)).output.trim() !== '';
  if (await hasFont()) return;
  if (await canInstall(machine)) {
    await install(machine, ['fontconfig', 'fonts-noto-cjk']);
    if (await hasFont()) return;
  }
  machine.say('No font with Chinese characters was found: pictures of pages show boxes (Debian: apt-get install fonts-noto-cjk).');
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Never fails: what cannot be run has no code. */
export function runQuietly(command: string, args: readonly string[], timeoutMs: number): Promise<Ran> {
  return new Promise((resolve) => {
    let output = '';
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const late = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const end = (code: number | null): void => {
      clearTimeout(late);
      resolve({ code, output });
    };
    child.once('error', () => end(null));
    child.once('close', end);
  });
}

export const thisMachine = (root: string, say: (line: string) => void): Machine => ({
  root,
  env: process.env,
  isLinux: process.platform === 'linux',
  isRoot: process.getuid?.() === 0,
  isExecutable: executable,
  filesBelow: (folder) => (existsSync(folder) ? readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))) : []),
  run: runQuietly,
  say,
});
