import { spawn } from 'node:child_process';

/**
 * Signals a process when this one is gone, even by kill -9: a shell waits for the end of a pipe that only we hold. For programs that,
 * unlike our own services, know nothing of a parent. Returns what calls the guard off.
 */
export function guard(pid: number, signal: 'INT' | 'TERM'): () => void {
  // No such shell there; the next start takes down what was left.
  if (process.platform === 'win32') return () => undefined;
  const shell = spawn('sh', ['-c', `read -r _; kill -${signal} ${pid}`], { detached: true, cwd: '/', stdio: ['pipe', 'ignore', 'ignore'] });
  shell.on('error', () => undefined);
  shell.stdin.on('error', () => undefined);
  shell.unref();
  return () => {
    shell.kill('SIGKILL');
  };
}
