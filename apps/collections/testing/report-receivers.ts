import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import ssh2, { type Connection, type Server as SshServer, type SFTPWrapper } from 'ssh2';

export interface Posted {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A receiver of webhooks on this machine: real HTTP, which takes one key once, as receivers do. */
export class WebhookReceiver {
  readonly taken = new Map<string, Posted>();
  readonly asked: Posted[] = [];
  /** For the next requests, in order; `hang`: takes it and drops the line. Then all are taken. */
  answers: (number | 'hang')[] = [];
  private server: HttpServer | null = null;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}/reports`;
  }

  /** Goes up, on the same port as before. */
  async up(): Promise<this> {
    this.server = createServer((request, reply) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const posted = { headers: request.headers, body: Buffer.concat(parts).toString() };
        this.asked.push(posted);
        const key = String(request.headers['idempotency-key']);
        const answer = this.answers.shift() ?? 200;
        const isKnown = this.taken.has(key);
        if (!isKnown && (answer === 200 || answer === 'hang')) this.taken.set(key, posted);
        if (answer === 'hang') return void request.socket.destroy();
        reply.writeHead(answer === 200 && isKnown ? 409 : answer).end();
      });
    });
    await new Promise<void>((done) => this.server?.listen(this.port, '127.0.0.1', done));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async down(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<unknown>((done) => (this.server ? this.server.close(done) : done(null)));
    this.server = null;
  }
}

const { STATUS_CODE } = ssh2.utils.sftp;

/** A folder reached by SFTP on this machine: real SSH, its files in memory. */
export class SftpReceiver {
  readonly files = new Map<string, Buffer>();
  /** Every name that a file has ever had, in order. */
  readonly seen: string[] = [];
  /** Cuts the line at the next so many renames, before (true) or after they are done. */
  cuts: ('before' | 'after')[] = [];
  readonly password = 'sftp-password';
  readonly hostKey: string;
  private readonly key: string;
  private server: SshServer | null = null;
  private readonly lines = new Set<Connection>();
  port = 0;

  constructor() {
    this.key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
    const parsed = ssh2.utils.parseKey(this.key);
    if (parsed instanceof Error || Array.isArray(parsed)) throw new Error('no host key');
    this.hostKey = `SHA256:${createHash('sha256').update(parsed.getPublicSSH()).digest('base64').replaceAll('=', '')}`;
  }

  async up(): Promise<this> {
    this.server = new ssh2.Server({ hostKeys: [this.key] }, (line) => {
      this.lines.add(line);
      line.on('error', () => undefined).on('close', () => this.lines.delete(line));
      line.on('authentication', (context) =>
        context.method === 'password' && context.username === 'bank' && context.password === this.password
          ? context.accept()
          : context.reject(['password']),
      );
      line.on('ready', () => line.on('session', (accept) => accept().on('sftp', (open) => this.serve(open(), line))));
    });
    await new Promise<void>((done) => this.server?.listen(this.port, '127.0.0.1', done));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  async down(): Promise<void> {
    for (const line of this.lines) line.end();
    await new Promise<void>((done) => (this.server ? this.server.close(() => done()) : done()));
    this.server = null;
  }

  private serve(sftp: SFTPWrapper, line: Connection): void {
    const handles = new Map<number, string>();
    let next = 0;
    const ok = (id: number): void => void sftp.status(id, STATUS_CODE.OK);
    sftp.on('OPEN', (id, name) => {
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE((next += 1));
      handles.set(next, name);
      this.files.set(name, Buffer.alloc(0));
      this.seen.push(name);
      sftp.handle(id, handle);
    });
    sftp.on('WRITE', (id, handle, offset, data) => {
      const name = handles.get(handle.readUInt32BE()) ?? '';
      const before = this.files.get(name) ?? Buffer.alloc(0);
      const after = Buffer.alloc(Math.max(before.length, offset + data.length));
      before.copy(after);
      data.copy(after, offset);
      this.files.set(name, after);
      ok(id);
    });
    sftp.on('CLOSE', (id) => ok(id));
    sftp.on('FSETSTAT', (id) => ok(id));
    const stat = (id: number, name: string): void => {
      const file = this.files.get(name);
      if (!file) return void sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      sftp.attrs(id, { mode: 0o100644, uid: 0, gid: 0, size: file.length, atime: 0, mtime: 0 });
    };
    sftp.on('STAT', stat);
    sftp.on('LSTAT', stat);
    sftp.on('RENAME', (id, from, to) => {
      const cut = this.cuts.shift();
      if (cut === 'before') return void line.end();
      const file = this.files.get(from);
      if (!file || this.files.has(to)) return void sftp.status(id, STATUS_CODE.FAILURE);
      this.files.delete(from);
      this.files.set(to, file);
      this.seen.push(to);
      if (cut === 'after') return void line.end();
      ok(id);
    });
  }
}
