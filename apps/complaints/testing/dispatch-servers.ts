import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface GatewayMessage {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

/** What a gateway does with a message: `hang`: takes it and never answers. */
export type GatewayAnswer = number | 'hang';

/** A gateway for text messages on this machine: real HTTP, with the answers that the test sets, and one id once, as a gateway does. */
export class Gateway {
  readonly taken = new Map<string, GatewayMessage>();
  /** Every request that came, also those that were refused or come again. */
  readonly asked: GatewayMessage[] = [];
  /** For the next requests, in order; then all are taken. */
  answers: GatewayAnswer[] = [];
  url = '';
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, reply) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => this.answer(JSON.parse(Buffer.concat(parts).toString()) as GatewayMessage, reply));
    });
  }

  async open(): Promise<this> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/send`;
    return this;
  }

  /** Cuts every line, as a kill of whoever is sending does. */
  drop(): void {
    this.server.closeAllConnections();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((done) => this.server.close(done));
  }

  private answer(message: GatewayMessage, reply: ServerResponse): void {
    this.asked.push(message);
    const answer = this.answers.shift() ?? 200;
    const isKnown = this.taken.has(message.id);
    if (answer === 200 || answer === 'hang') this.taken.set(message.id, message);
    if (answer === 'hang') return;
    reply.writeHead(answer === 200 && isKnown ? 409 : answer, { 'content-type': 'application/json' });
    reply.end(JSON.stringify({ id: `gw-${message.id.slice(-4)}` }));
  }
}

/** A mail server on this machine: real SMTP. */
export class MailServer {
  readonly mails: { readonly to: readonly string[]; readonly text: string; readonly messageId: string }[] = [];
  /** Reply codes for the next mails, in order; then all are taken. */
  answers: number[] = [];
  port = 0;
  private readonly server: SMTPServer;

  constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      closeTimeout: 10,
      disabledCommands: ['STARTTLS'],
      onData: (stream, { envelope }, callback) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const answer = this.answers.shift() ?? 250;
          if (answer !== 250) return callback(Object.assign(new Error('no'), { responseCode: answer }));
          const text = Buffer.concat(parts).toString();
          const messageId = /^Message-ID: (.+)\r?$/m.exec(text)?.[1] ?? '';
          this.mails.push({ to: envelope.rcptTo.map(({ address }) => address), text, messageId });
          callback();
        });
      },
    });
    this.server.on('error', () => undefined);
  }

  async open(): Promise<this> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    this.port = (this.server.server.address() as AddressInfo).port;
    return this;
  }

  async close(): Promise<void> {
    [...this.server.connections].forEach((line: { _socket: Socket }) => line._socket.destroy());
    await new Promise<void>((done) => this.server.close(() => done()));
  }
}
