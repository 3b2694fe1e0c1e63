import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { Told } from '../explain.mjs';

/** null when the port can be had, else the error code. */
function trouble(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EADDRINUSE'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

async function portTrouble(port: number): Promise<string | null> {
  const first = await trouble(port, '127.0.0.1');
  if (first !== null) return first;
  // Browsers try ::1 for "localhost" as well and would meet the other program there.
  return (await trouble(port, '::1')) === 'EADDRINUSE' ? 'EADDRINUSE' : null;
}

function socketInode(port: number): string | null {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      // 0A is LISTEN.
      if (fields[1]?.endsWith(`:${hex}`) && fields[3] === '0A') return fields[9] ?? null;
    }
  }
  return null;
}

/** The program that listens on a port, where the system lets us know: `node (process 123)`. */
export function whoListens(port: number): string | null {
  try {
    const inode = socketInode(port);
    if (inode === null) return null;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        for (const fd of readdirSync(`/proc/${pid}/fd`)) {
          if (readlinkSync(`/proc/${pid}/fd/${fd}`) !== `socket:[${inode}]`) continue;
          return `${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (process ${pid})`;
        }
      } catch {
        // Another user's process, or one that just ended.
      }
    }
  } catch {
    // No /proc here.
  }
  return null;
}

/** The public port, from the environment or the default; throws Told when it cannot be had. */
export async function publicPort(raw: string | undefined, fallback: number): Promise<number> {
  const port = raw === undefined || raw === '' ? fallback : Number(raw);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Told(`PORT must be a number from 1 to 65535, not "${raw}".`);
  const why = await portTrouble(port);
  if (why === null) return port;
  const other = port === 3000 ? 3100 : 3000;
  const wayOut = `choose another: PORT=${other} npm start`;
  if (why === 'EACCES') throw new Told(`Port ${port} is reserved for root: ${wayOut}`);
  const who = whoListens(port);
  throw new Told(`Port ${port} is in use${who ? ` by ${who}` : ''}: stop that, or ${wayOut}`);
}

/** The wished port, or a free one when it is taken. `given` are ports promised already. */
export async function freePort(wished: number, given: Set<number>): Promise<number> {
  for (let port = wished; port < wished + 500; port += 1) {
    if (given.has(port) || (await portTrouble(port)) !== null) continue;
    given.add(port);
    return port;
  }
  throw new Told(`There is no free port from ${wished} to ${wished + 499}.`);
}

/** Any port that is free now. */
export function anyPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
