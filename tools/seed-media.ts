import { crc32, deflateSync } from 'node:zlib';

/** A second of silence, as a telephone keeps it: G.711 in a WAV. */
export function telephoneSilence(): Buffer {
  const head = Buffer.alloc(44);
  const samples = Buffer.alloc(8000, 0xff);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  for (const [value, at] of [
    [7, 20],
    [1, 22],
    [1, 32],
    [8, 34],
  ] as const)
    head.writeUInt16LE(value, at);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(8000, 28);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const [WIDTH, HEIGHT] = [320, 240];

/** A door in a wall: what a visitor's photo may show, and of nobody's. */
export function doorPhoto(): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(WIDTH, 0);
  head.writeUInt32BE(HEIGHT, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.alloc(HEIGHT * (1 + WIDTH * 3));
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      const isDoor = x > 110 && x < 210 && y > 40;
      const isHandle = x > 190 && x < 200 && y > 138 && y < 148;
      const shade = 200 - Math.floor(y / 6);
      rows.set(isHandle ? [220, 190, 90] : isDoor ? [96, 62, 40] : [shade, shade, shade - 12], y * (1 + WIDTH * 3) + 1 + x * 3);
    }
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}
