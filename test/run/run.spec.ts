import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const script = 'tools/run.mjs';

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { cwd: root }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, stdout, stderr }),
    );
  });
}

describe('tools/run.mjs', () => {
  it('leaves stdout and the exit code to the command', async () => {
    expect(await run('test/run/fixture', 'hello', '2')).toEqual({ code: 2, stdout: 'hello\n', stderr: '' });
  });

  it('says in one line that there is no such command', async () => {
    expect(await run('test/run/nothing')).toEqual({ code: 1, stdout: '', stderr: 'There is no test/run/nothing to run.\n' });
  });

  it('is quiet when the reader goes away', async () => {
    const shell = spawn('bash', ['-c', `set -o pipefail; "${process.execPath}" ${script} test/run/fixture endless | head -2`], {
      cwd: root,
    });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise((resolve) => shell.once('close', resolve));
    expect([code, output]).toEqual([0, 'line\nline\n']);
  });

  it('hands on SIGINT and waits for the command’s own end', async () => {
    const child = spawn(process.execPath, [script, 'test/run/fixture', 'wait'], { cwd: root });
    child.stdout.once('data', () => child.kill('SIGINT'));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(5);
  });

  it('prints the settings of every app', async () => {
    expect((await run('tools/config-doc')).code).toBe(0);
  });
});
