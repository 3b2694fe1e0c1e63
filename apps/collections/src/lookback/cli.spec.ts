import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const header =
  'attemptId,caseId,debtorId,debtId,partyId,partyRole,contactPoint,channel,mode,purpose,initiator,agencyId,collectorIds,deviceId,startedAt,endedAt,result,timeZone';
const line = (id: string, startedAt: string, agencyId = ''): string =>
  `${id},c1,d1,l1,p1,debtor,+8613800000001,voice,interactive,collect,us,${agencyId},k1,,${startedAt},,no-answer,Asia/Shanghai`;
const quiet = [header, line('a1', '2026-11-20T21:59:59+08:00'), line('a2', '2026-11-20T22:00:00+08:00', '甲催收'), ''].join('\n');
// GB18030 of 甲催收: two bytes each.
const gb18030 = Buffer.concat(
  quiet.split('甲催收').flatMap((part, at) => [...(at > 0 ? [Buffer.from('bcd7b4dfcad5', 'hex')] : []), Buffer.from(part)]),
);

describe('the command', () => {
  let folder: string;
  let temporary: string;
  const cli = join(import.meta.dirname, '../../../../dist/apps/collections/src/lookback/cli.js');
  const put = (name: string, content: string | Buffer): string => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const run = (args: readonly string[], input: string | Buffer = '') =>
    spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', input, env: { ...process.env, TMPDIR: temporary }, cwd: folder });

  beforeAll(() => {
    spawnSync(process.execPath, [join(import.meta.dirname, '../../../../tools/build.mjs')]);
    folder = mkdtempSync(join(tmpdir(), 'lookback-cli-'));
    temporary = join(folder, 'tmp');
    mkdirSync(temporary);
  });
  afterEach(() => {
    const left = readdirSync(temporary);
    if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('writes findings and nothing else to standard output', () => {
    const { status, stdout, stderr } = run(['--packs', 'cn-card', '--lang', 'en', put('log.csv', quiet)]);
    expect(status).toBe(0);
    expect(stdout).toBe(
      'attemptId,ruleId,severity,pack,source,limit,counted,message\n' +
        "a2,quiet-hours,block,cn-card,CBA26 ch.3,,,Between 22:00 and 08:00 of the debtor's local time nobody is contacted without consent.\n",
    );
    expect(stderr).toMatch(/2 read, 2 judged/);
    expect(stderr).toMatch(/case-open/);
  });

  it('speaks Chinese unless told otherwise, and reads GB18030 and standard input', () => {
    const { status, stdout, stderr } = run(['--format', 'ndjson', '-'], gb18030);
    expect(status).toBe(0);
    expect(
      stdout
        .split('\n')
        .filter(Boolean)
        .map((text) => JSON.parse(text) as unknown),
    ).toEqual([
      expect.objectContaining({ attemptId: 'a2', ruleId: 'quiet-hours', limit: null, message: expect.stringContaining('债务人当地时间') }),
    ]);
    expect(stderr).toMatch(/甲催收 +1 \/ 1/);
  });

  it('merges files, counts a row met twice once, and writes the summary and the rows left out', () => {
    const again = [
      header,
      line('a2', '2026-11-20T14:00:00Z', '甲催收'),
      line('a3', '2026-11-20T22:01:00'),
      line('a4', '2026-02-30T10:00:00Z'),
      '',
    ].join('\n');
    const args = ['--summary', join(folder, 'summary.json'), '--errors', join(folder, 'errors.csv'), '--quiet'];
    const { status, stdout, stderr } = run([...args, put('one.csv', quiet), put('two.csv', again)]);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toHaveLength(3);
    const summary = JSON.parse(readFileSync(join(folder, 'summary.json'), 'utf8')) as { rows: unknown; errors: { byCode: unknown } };
    expect(summary.rows).toEqual({ read: 5, judged: 2, history: 0, duplicates: 1, rejected: 2 });
    expect(summary.errors.byCode).toEqual({ instant: 1, 'no-offset': 1 });
    const errors = readFileSync(join(folder, 'errors.csv'), 'utf8').split('\n');
    expect(errors[1]).toMatch(/two\.csv,3,startedAt,no-offset,.*\+08:00/);
  });

  it('exits with 0 for a log in which no row can be judged', () => {
    const { status, stdout, stderr } = run([
      '--lang',
      'en',
      put('zoneless.csv', [header, line('a1', '2026-11-20T10:00:00'), ''].join('\n')),
    ]);
    expect([status, stdout]).toEqual([0, 'attemptId,ruleId,severity,pack,source,limit,counted,message\n']);
    expect(stderr).toMatch(/no-offset +1 .*row 2, column startedAt/);
  });

  it.each([
    ['an empty file', () => ['--lang', 'en', put('empty.csv', '')], /empty/],
    ['a file without a header', () => ['--lang', 'en', put('headless.csv', quiet.slice(header.length + 1))], /columns/],
    ['a file that is no table', () => ['--lang', 'en', put('picture.csv', Buffer.from('89504e470d0a1a0a0000', 'hex'))], /PNG/],
    ['a file that is not there', () => ['--lang', 'en', 'nowhere.csv'], /no file nowhere\.csv/],
    ['a folder', () => ['--lang', 'en', tmpdir()], /not a file/],
    ['no file', () => ['--lang', 'en'], /at least one/],
    ['an unknown pack', () => ['--lang', 'en', '--packs', 'cn-nowhere', 'x.csv'], /no pack "cn-nowhere".*cn-card/],
    ['an unknown option', () => ['--lang', 'en', '--speed', 'x.csv'], /--speed/],
    ['an unknown language', () => ['--lang', 'fr', 'x.csv'], /zh/],
    ['a report over its input', () => ['--lang', 'en', '--errors', 'x.csv', 'x.csv'], /both/],
    ['a report that cannot be written', () => ['--lang', 'en', '--summary', 'no/where.json', put('log.csv', quiet)], /cannot be written/],
  ])('exits with 2 and one line for %s', (_what, args, said) => {
    const { status, stdout, stderr } = run(args());
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
    expect(stderr.trimEnd()).not.toMatch(/\n/);
  });

  it('explains itself', () => {
    expect(run(['--help']).stdout).toMatch(/退出码/);
    expect(run(['--help', '--lang', 'en']).stdout).toMatch(/Exit code/);
  });

  const end = (child: ReturnType<typeof spawn>): Promise<number | null> =>
    new Promise((resolve) => child.once('exit', (code) => resolve(code)));

  it('stops quietly when its reader has gone', async () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => line(`a${at}`, `2026-11-20T23:${String(at % 60).padStart(2, '0')}:00+08:00`));
    const child = spawn(process.execPath, [cli, '--quiet', put('night.csv', [header, ...rows].join('\n'))], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: temporary },
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    expect([await end(child), said]).toEqual([0, '']);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const child = spawn(process.execPath, [cli, '-'], { stdio: ['pipe', 'ignore', 'pipe'], env: { ...process.env, TMPDIR: temporary } });
    // Its folder is there as soon as it waits for its input.
    while (readdirSync(temporary).length === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    expect(await end(child)).toBe(130);
  });
});
