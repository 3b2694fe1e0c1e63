// One `npm start` per folder. The lock names a process and its start time, so an id that was given to another process is not mistaken for ours.
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Told } from './explain.mjs';

export function lifeOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return null;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold spaces and brackets: fields are counted after its last bracket. Field 3 is the state, 22 the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : `${pid}:${fields[19]}`;
  } catch {
    try {
      return `${pid}:${execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()}`;
    } catch {
      return `${pid}:`;
    }
  }
}

// `kill` of npm returns before we have stopped: a start right after it waits rather than complain.
const PATIENCE_MS = 1500;
const PATIENCE_WITH_STOPPING_MS = 10_000;
const STOPPING = 'stopping';

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

const read = (path) => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
};

export function lockFolder(path, say, handedOver) {
  const own = lifeOf(process.pid) ?? `${process.pid}:`;
  const take = (more = '') => {
    const beside = `${path}.${process.pid}`;
    try {
      writeFileSync(beside, `${own}\n${more}`);
      renameSync(beside, path);
    } finally {
      rmSync(beside, { force: true });
    }
  };
  const from = Date.now();
  for (;;) {
    try {
      writeFileSync(path, `${own}\n`, { flag: 'wx' });
      break;
    } catch (error) {
      // A full disk lets the file be made, but not filled.
      if (error.code === 'ENOSPC') rmSync(path, { force: true });
      if (error.code !== 'EEXIST') throw error;
    }
    const content = read(path);
    if (content === null) continue;
    const [holder = '', state] = content.split('\n');
    // Another start may be writing it at this moment.
    if (holder === '' && Date.now() - from < PATIENCE_MS) {
      sleep(50);
      continue;
    }
    const pid = Number.parseInt(holder, 10);
    if (pid > 0 && pid === handedOver) {
      take();
      break;
    }
    if (pid > 0 && lifeOf(pid) === holder) {
      if (Date.now() - from < (state === STOPPING ? PATIENCE_WITH_STOPPING_MS : PATIENCE_MS)) {
        sleep(50);
        continue;
      }
      throw new Told(`Forbear is already running from this folder (process ${pid}): stop it with Ctrl-C there, or: kill ${pid}`);
    }
    say(`Removed a stale lock file (${path}): its process is gone.`);
    rmSync(path, { force: true });
  }
  return {
    stopping: () => take(`${STOPPING}\n`),
    release: () => {
      if (read(path)?.split('\n')[0] === own) rmSync(path, { force: true });
    },
  };
}
