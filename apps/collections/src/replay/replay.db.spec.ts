import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Vault } from '#vault';
import { Stage } from '../../testing/stage.ts';

const cli = join(import.meta.dirname, '../../../../dist/apps/collections/src/replay/cli.js');
const DAY = ['--from', '2026-11-21T00:00:00+08:00', '--to', '2026-11-22T00:00:00+08:00'];

const keys = { VAULT_KEYS: `k1:${randomBytes(32).toString('base64')}`, VAULT_INDEX_KEY: randomBytes(32).toString('base64') };
let stage: Stage;
beforeAll(async () => {
  spawnSync(process.execPath, [join(import.meta.dirname, '../../../../tools/build.mjs')]);
  stage = await Stage.open(new Vault([keys.VAULT_KEYS], keys.VAULT_INDEX_KEY));
  await stage.addCases([
    { caseId: 'C1', debtorId: 'D1', contactPoint: '+8613800010001' },
    { caseId: 'C2', debtorId: 'D2', contactPoint: '+8613800010002', timeZone: 'Asia/Urumqi' },
  ]);
  for (const now of ['2026-11-20T23:59:59+08:00', '2026-11-21T00:00:00+08:00', '2026-11-21T15:00:00+08:00', '2026-11-22T00:00:00+08:00']) {
    stage.now = now;
    for (const caseId of ['C1', 'C2', 'C1', 'C1', 'C1']) await stage.ask(caseId);
  }
});
afterAll(() => stage.close());

function run(args: readonly string[], env: Record<string, string | undefined> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: stage.db.appUrl, ...env },
  });
  return { status, stdout, stderr };
}

const summary = (args: readonly string[]): Record<string, unknown> => JSON.parse(run([...args, '--json', '--quiet']).stdout) as never;

describe('the replay command', () => {
  it('makes every decision of the time again, from the first instant to before the last, and finds the same bytes', () => {
    const { status, stdout } = run([...DAY, '--lang', 'en']);
    expect(stdout).toMatch(/10 \(4 permitted, 6 refused\)\n.*10 identical, 0 different, 0 could not/);
    expect(status).toBe(0);
  });

  it('says the same with one thread or many, and for the institution alone', () => {
    expect(summary([...DAY, '--workers', '1'])).toMatchObject({ decisions: 10, identical: 10 });
    expect(summary([...DAY, '--workers', '3', '--institution', 'bank-1'])).toMatchObject({ decisions: 10, identical: 10 });
    expect(summary([...DAY, '--institution', 'bank-2'])).toMatchObject({ decisions: 0 });
  });

  it('finds one byte that was changed, a fact that was changed and a pack that is gone, and exits with 1', async () => {
    const ids = await stage.sql<{ id: string; outcome: string; facts: string; policy: string }>(
      `select id, outcome::text, facts::text, policy::text from decision where decided_at = '2026-11-21T15:00:00+08:00' order by id`,
    );
    const [space, fact, pack] = ids.map(({ id }) => id);
    const change = (sql: string, id: string | undefined): Promise<unknown> => stage.sql(`update decision set ${sql} where id = $1`, [id]);
    await change(`outcome = replace(outcome::text, '"reasons":', '"reasons": ')::json`, space);
    await change(`facts = replace(facts::text, '"open"', '"closed"')::json`, fact);
    await change(`policy = '{"packs":[{"pack":"cn-card","version":99}],"tenantValues":{}}'`, pack);
    const { status, stdout } = run([...DAY, '--lang', 'en']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/7 identical, 2 different, 1 could not be made again/);
    for (const id of [space, fact, pack]) expect(stdout).toContain(id);
    expect(stdout).toMatch(/recorded permitted, now refused \(cn-card\/case-open\)/);
    expect(stdout).toMatch(/cannot be made again: there is no pack cn-card version 99/);
    for (const { id, outcome, facts, policy } of ids)
      await stage.sql('update decision set outcome = $2, facts = $3, policy = $4 where id = $1', [id, outcome, facts, policy]);
    expect(run(DAY).status).toBe(0);
  });

  it('opens what was sealed, and names it where it cannot', async () => {
    stage.now = '2026-11-25T15:00:00+08:00';
    const { id, verdict } = await stage.ask('C1', { channel: 'sms', message: { text: '我是法院的，王小明' } });
    expect(verdict).toBe('refused');
    const day = ['--from', '2026-11-25T00:00:00+08:00', '--to', '2026-11-26T00:00:00+08:00', '--lang', 'en'];
    expect(run(day, keys)).toMatchObject({ status: 0, stdout: expect.stringContaining('1 identical') });
    const { status, stdout } = run(day, { VAULT_KEYS: '' });
    expect([status, stdout.includes(id), stdout.includes('VAULT_KEYS'), stdout.includes('王小明')]).toEqual([1, true, true, false]);
  });

  it.each([
    ['bad arguments', ['--from', '2026-11-22T00:00:00Z'], {}, /--to/],
    ['no address of a database', DAY, { DATABASE_URL: '' }, /DATABASE_URL/],
    ['a database that is not there', DAY, { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/nothing' }, /database/],
  ])('exits with 2 and one line for %s', (_what, args, env, said) => {
    const { status, stdout, stderr } = run([...args, '--lang', 'en'], env);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
    expect(stderr.trimEnd()).not.toMatch(/\n/);
  });
});
