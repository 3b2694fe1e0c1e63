import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

describe('reading a table', () => {
  // With the rows held, 400 MB of text would take well over a gigabyte; compiling on the fly takes about a hundred megabytes.
  it('takes the same memory for 400 MB as for little', async () => {
    const flags = ['--experimental-transform-types', '--no-warnings', '--conditions=source'];
    const { stdout } = await run(process.execPath, [...flags, 'test/tabular/read-made-file.ts', '400']);
    const got = JSON.parse(stdout) as { rows: number; expected: number; errors: number; peakMegabytes: number };
    expect(got.errors).toBe(0);
    expect(got.rows).toBe(got.expected);
    expect(got.peakMegabytes).toBeLessThan(450);
  }, 120_000);
});
