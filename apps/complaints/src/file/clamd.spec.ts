import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Clamd } from './clamd.ts';
import { ScannerAway } from './scan.port.ts';

const LIMIT = 300_000;
// The test file of the antivirus industry, in two parts, so that no scanner takes this file for it.
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** Speaks INSTREAM as clamd(8) has it: the command up to NUL, pieces behind their lengths, an empty one at the end. */
function serveClamd(how: { readonly mute?: boolean; readonly says?: string } = {}): Promise<Server> {
  const server = createServer((socket: Socket) => {
    let waiting: Buffer = Buffer.alloc(0);
    let content = Buffer.alloc(0);
    let began = false;
    const answer = (text: string): void => void socket.end(`${text}\0`);
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      waiting = Buffer.concat([waiting, data]);
      if (!began) {
        const end = waiting.indexOf(0);
        if (end < 0) return;
        if (waiting.subarray(0, end).toString() !== 'zINSTREAM') return answer('UNKNOWN COMMAND');
        began = true;
        waiting = waiting.subarray(end + 1);
      }
      while (waiting.length >= 4) {
        const length = waiting.readUInt32BE(0);
        if (length === 0) {
          if (how.mute) return;
          return answer(how.says ?? `stream: ${content.toString('latin1').includes(EICAR) ? 'Eicar-Test-Signature FOUND' : 'OK'}`);
        }
        if (waiting.length < 4 + length) return;
        content = Buffer.concat([content, waiting.subarray(4, 4 + length)]);
        waiting = waiting.subarray(4 + length);
        if (content.length > LIMIT) return answer('INSTREAM size limit exceeded. ERROR');
      }
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const scanner = (server: Server, timeoutMs = 5000): Clamd =>
  new Clamd({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, timeoutMs });

async function* pieces(...parts: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* parts;
}

const servers: Server[] = [];
const start = async (how?: Parameters<typeof serveClamd>[0]): Promise<Server> => {
  const server = await serveClamd(how);
  servers.push(server);
  return server;
};
afterAll(() => Promise.all(servers.map((server) => new Promise((done) => server.close(done)))));

it('says what is clean and what is not, whatever pieces it comes in', async () => {
  const server = await start();
  expect(await scanner(server).scan(pieces(Buffer.alloc(200_000, 'a'), Buffer.from('b')))).toEqual({ state: 'clean' });
  const infected = Buffer.from(`before ${EICAR} after`);
  expect(await scanner(server).scan(pieces(infected.subarray(0, 20), infected.subarray(20)))).toEqual({
    state: 'infected',
    finding: 'Eicar-Test-Signature',
  });
});

it('what is too large for it is not clean', async () => {
  const server = await start();
  expect(await scanner(server).scan(pieces(...Array.from({ length: 20 }, () => Buffer.alloc(100_000))))).toEqual({
    state: 'unscannable',
    finding: 'INSTREAM size limit exceeded. ERROR',
  });
});

it('one that is away, mute, or broken says nothing of the file', async () => {
  const mute = await start({ mute: true });
  await expect(scanner(mute, 60).scan(pieces(Buffer.from('x')))).rejects.toThrow(ScannerAway);
  const broken = await start({ says: 'Engine failure ERROR' });
  await expect(scanner(broken).scan(pieces(Buffer.from('x')))).rejects.toThrow('Engine failure');
  const hungUp = await start({ says: '' });
  await expect(scanner(hungUp).scan(pieces(Buffer.from('x')))).rejects.toThrow(ScannerAway);
  const gone = await serveClamd();
  const away = scanner(gone);
  await new Promise((done) => gone.close(done));
  await expect(away.scan(pieces(Buffer.from('x')))).rejects.toThrow(ScannerAway);
});
