import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

const packages = 'node_modules';

/** Lint, format, types and the directions of the architecture; each with its output. */
export async function runChecks(root: string): Promise<CheckResult[]> {
  const tops = ['apps', 'libs', 'tools', 'test'].filter((top) => existsSync(join(root, top)));
  const checks: Record<string, string[]> = {
    lint: [`${packages}/oxlint/bin/oxlint`, '--deny-warnings'],
    format: [`${packages}/prettier/bin/prettier.cjs`, '--check', '--log-level', 'warn', '.'],
    types: [`${packages}/typescript/bin/tsc`, '-p', '.'],
    'types of the console': [`${packages}/typescript/bin/tsc`, '-p', 'apps/console'],
    directions: [`${packages}/dependency-cruiser/bin/dependency-cruise.mjs`, '--output-type', 'err', ...tops],
  };
  return await Promise.all(Object.entries(checks).map(([name, args]) => runCheck(name, args, root)));
}

function runCheck(name: string, args: readonly string[], root: string): Promise<CheckResult> {
  const from = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const end = (ok: boolean): void => resolve({ name, ok, output: output.trim(), seconds: (performance.now() - from) / 1000 });
    child.once('error', () => end(false));
    child.once('close', (code) => end(code === 0));
  });
}
