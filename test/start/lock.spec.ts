import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lifeOf, lockFolder } from '../../tools/lock.mjs';

describe('the lock of a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'forbear-lock-'));
  const path = join(folder, 'lock');
  const said: string[] = [];
  const lock = (handedOver?: number) => lockFolder(path, (line) => said.push(line), handedOver);
  afterEach(() => rmSync(path, { force: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is taken and given back', () => {
    const held = lock();
    expect(readFileSync(path, 'utf8').trim()).toBe(lifeOf(process.pid));
    held.release();
    expect(existsSync(path)).toBe(false);
  });

  it('refuses while its process lives, and passes from a parent to its child', () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const pid = other.pid ?? 0;
    writeFileSync(path, `${lifeOf(pid)}\n`);
    expect(() => lock()).toThrow(`already running from this folder (process ${pid})`);
    lock(pid).release();
    other.kill('SIGKILL');
  });

  it.each([
    ['its process is gone', '999999999:1\n'],
    ['its process id is another’s now', `${process.pid}:1\n`],
    ['nothing was written into it', ''],
  ])('is removed when %s', (_, content) => {
    writeFileSync(path, content);
    lock().release();
    expect(said.pop()).toContain('Removed a stale lock file');
  });
});
