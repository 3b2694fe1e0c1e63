import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ScannerAway, type ScanPort, type ScanResult } from './scan.port.ts';

const PIECE_BYTES = 64 * 1024;
const LONGEST_ANSWER = 4096;

export interface ClamdAddress {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
}

/**
 * ClamAV's daemon over TCP (clamd(8), INSTREAM): `zINSTREAM\0`, then pieces, each behind its length in four bytes in network order, an empty one as the
 * end; the answer ends with NUL: `stream: OK`, `stream: <name> FOUND`, or something that ends in `ERROR`.
 */
export class Clamd implements ScanPort {
  readonly isSetUp = true;

  constructor(private readonly address: ClamdAddress) {}

  async scan(bytes: AsyncIterable<Uint8Array>): Promise<ScanResult> {
    const { host, port, timeoutMs } = this.address;
    const socket = connect({ host, port });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`silent for ${timeoutMs} ms`)));
    const answer = answerOf(socket);
    // Whoever awaits it is told; meanwhile nobody may.
    answer.catch(() => undefined);
    try {
      await once(socket, 'connect');
      await this.send(socket, bytes);
      return readAnswer(await answer);
    } catch (error) {
      // It says why before it hangs up, as where a stream is longer than it takes.
      const said = await answer.catch(() => '');
      if (said !== '') return readAnswer(said);
      throw new ScannerAway(`clamd at ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    } finally {
      socket.destroy();
    }
  }

  private async send(socket: Socket, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const write = async (data: Uint8Array): Promise<void> => {
      if (!socket.writable) throw new Error('hung up');
      if (!socket.write(data)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
    };
    await write(Buffer.from('zINSTREAM\0'));
    for await (const whole of bytes) {
      for (let at = 0; at < whole.length; at += PIECE_BYTES) {
        const piece = whole.subarray(at, at + PIECE_BYTES);
        const length = Buffer.alloc(4);
        length.writeUInt32BE(piece.length);
        await write(length);
        await write(piece);
      }
    }
    await write(Buffer.alloc(4));
  }
}

/** What it says up to the NUL, or until it hangs up. */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    socket.on('data', (data: Buffer) => {
      said += data.toString('utf8');
      if (said.includes('\0') || said.length > LONGEST_ANSWER) resolve(said);
    });
    socket.on('error', (error) => (said === '' ? reject(error) : resolve(said)));
    socket.on('close', () => (said === '' ? reject(new Error('hung up without an answer')) : resolve(said)));
  });
}

function readAnswer(said: string): ScanResult {
  const text = (said.split('\0')[0] ?? '').replace(/^stream: /, '').trim();
  if (text === 'OK') return { state: 'clean' };
  const found = /^(.+) FOUND$/.exec(text)?.[1];
  if (found !== undefined) return { state: 'infected', finding: found.slice(0, 200) };
  if (/size limit exceeded/i.test(text)) return { state: 'unscannable', finding: text.slice(0, 200) };
  throw new ScannerAway(`clamd said: ${text.slice(0, 200)}`);
}
