import { ensureChineseFont, findBrowser, runQuietly, type Machine, type Ran } from './browser.ts';

const SHELL = '/cache/chromium_headless_shell-1/chrome-linux/headless_shell';
const DRY_RUN = `Chrome Headless Shell 1\n  Install location:    /cache/chromium_headless_shell-1\n\nFFmpeg\n  Install location:    /cache/ffmpeg-1\n`;

interface Bare {
  readonly env?: Record<string, string>;
  readonly isLinux?: boolean;
  readonly isRoot?: boolean;
  readonly hasApt?: boolean;
  /** What a download puts there; nothing on a machine without the network. */
  readonly downloads?: readonly string[];
  /** What apt-get install puts there. */
  readonly packages?: readonly string[];
  readonly lacksLibraries?: boolean;
  readonly files?: readonly string[];
}

/** A machine that has only what is said, and remembers what was done to it. */
function bare({
  env = {},
  isLinux = true,
  isRoot = false,
  hasApt = true,
  downloads = [],
  packages = [],
  lacksLibraries,
  files = [],
}: Bare) {
  const there = new Set(files);
  const done: string[] = [];
  const said: string[] = [];
  const ok = (output = ''): Ran => ({ code: 0, output });
  const fail: Ran = { code: null, output: '' };
  const machine: Machine = {
    root: '/repo',
    env: { PATH: '/bin', ...env },
    isLinux,
    isRoot,
    isExecutable: (path) => there.has(path),
    filesBelow: (folder) => [...there].filter((file) => file.startsWith(`${folder}/`)),
    say: (line) => said.push(line),
    run: async (command, args) => {
      if (args.includes('--dry-run')) return ok(DRY_RUN);
      if (command === SHELL) return lacksLibraries ? { code: 127, output: 'libnss3.so' } : ok('1.0');
      if (command === 'fc-list') return ok(there.has('font') ? 'Noto Sans CJK SC' : '');
      if (command === 'apt-get' && (!hasApt || args[0] === '--version')) return hasApt ? ok() : fail;
      done.push([command === process.execPath ? 'playwright' : command, args.at(-1)].join(' '));
      for (const file of command === 'apt-get' && args[0] === 'install' ? packages : []) there.add(file);
      for (const file of command === process.execPath ? downloads : []) there.add(file);
      return ok();
    },
  };
  return { machine, done, said };
}

describe('findBrowser', () => {
  it('takes CHROME_PATH, and says when it cannot be run', async () => {
    const env = { CHROME_PATH: '/opt/my-chrome' };
    expect(await findBrowser(bare({ env, files: ['/opt/my-chrome', '/bin/chromium'] }).machine)).toBe('/opt/my-chrome');
    await expect(findBrowser(bare({ env, files: ['/bin/chromium'] }).machine)).rejects.toThrow(
      'CHROME_PATH names /opt/my-chrome, which cannot be run.',
    );
  });

  it.each(['/bin/chromium-headless-shell', '/bin/chromium', '/bin/google-chrome', '/opt/google/chrome/chrome'])(
    'takes %s, and fetches nothing',
    async (path) => {
      const { machine, done } = bare({ files: [path], isRoot: true });
      expect(await findBrowser(machine)).toBe(path);
      expect(done).toEqual([]);
    },
  );

  it('takes what was downloaded before', async () => {
    const { machine, done } = bare({ files: [SHELL] });
    expect(await findBrowser(machine)).toBe(SHELL);
    expect(done).toEqual([]);
  });

  it('downloads one where none is installed, and says so', async () => {
    const { machine, done, said } = bare({ downloads: [SHELL], isRoot: true });
    expect(await findBrowser(machine)).toBe(SHELL);
    expect(done).toEqual(['playwright --no-progress']);
    expect(said).toEqual(['No Chromium or Chrome is installed: downloading one for the tests …']);
  });

  it.each([
    ['there is no network for it', {}],
    ['what was downloaded lacks libraries', { downloads: [SHELL], lacksLibraries: true }],
  ])('installs Debian’s as root when %s', async (_, how) => {
    const { machine, done } = bare({ ...how, isRoot: true, packages: ['/bin/chromium-headless-shell'] });
    expect(await findBrowser(machine)).toBe('/bin/chromium-headless-shell');
    expect(done).toEqual(['playwright --no-progress', 'apt-get -qq', 'apt-get fonts-noto-cjk']);
  });

  it.each([
    ['nobody is root', { packages: ['/bin/chromium-headless-shell'] }],
    ['there is no apt-get', { isRoot: true, hasApt: false }],
    ['it is no Linux', { isRoot: true, isLinux: false }],
    ['installing fails', { isRoot: true }],
  ])('says in one line what to do when %s', async (_, how) => {
    const line = await findBrowser(bare(how).machine).catch((error: Error) => error.message);
    expect(line).toMatch(/^The tests need a browser, .*apt-get install chromium-headless-shell .*CHROME_PATH\.$/);
  });
});

describe('ensureChineseFont', () => {
  it('is content with a font that is there', async () => {
    const { machine, done, said } = bare({ files: ['font'], isRoot: true });
    await ensureChineseFont(machine);
    expect([done, said]).toEqual([[], []]);
  });

  it('installs one as root, and says it when there is none to be had', async () => {
    const root = bare({ isRoot: true, packages: ['font'] });
    await ensureChineseFont(root.machine);
    expect([root.done.at(-1), root.said]).toEqual(['apt-get fonts-noto-cjk', ['Installing fontconfig and fonts-noto-cjk …']]);
    const user = bare({});
    await ensureChineseFont(user.machine);
    expect(user.said.join()).toMatch(/^No font with Chinese characters/);
    const mac = bare({ isLinux: false });
    await ensureChineseFont(mac.machine);
    expect(mac.said).toEqual([]);
  });
});

describe('runQuietly', () => {
  it('gives code and output, and no code for what cannot be run or takes too long', async () => {
    expect(await runQuietly(process.execPath, ['-e', 'console.log(1); process.exit(3)'], 10_000)).toEqual({ code: 3, output: '1\n' });
    expect(await runQuietly('/nowhere/at-all', [], 10_000)).toMatchObject({ code: null });
    expect(await runQuietly(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], 300)).toMatchObject({ code: null });
  });
});
