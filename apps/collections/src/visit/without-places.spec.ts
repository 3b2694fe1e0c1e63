import { withoutPlaces } from './without-places.ts';

const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head[0] = 0xff;
  head[1] = marker;
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const soi = Buffer.from([0xff, 0xd8]);
const jfif = segment(0xe0, Buffer.from('JFIF\0'));
const exif = segment(0xe1, Buffer.from('Exif\0\0 GPS 45.75,126.65'));
const iptc = segment(0xed, Buffer.from('Photoshop 3.0 Harbin'));
const comment = segment(0xfe, Buffer.from('taken at home'));
const table = segment(0xdb, Buffer.alloc(10, 1));
const scan = Buffer.concat([Buffer.from([0xff, 0xda, 0, 2]), Buffer.from('pixels \xff\x00 more', 'latin1'), Buffer.from([0xff, 0xd9])]);

const chunk = (type: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body, Buffer.alloc(4)]);
};
const png = (...chunks: Buffer[]): Buffer => Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks]);

describe('a JPEG', () => {
  it('loses what says where and when, and nothing of the picture', () => {
    const shown = withoutPlaces('image/jpeg', Buffer.concat([soi, jfif, exif, iptc, comment, table, scan]));
    expect(shown?.equals(Buffer.concat([soi, jfif, table, scan]))).toBe(true);
  });

  it('without notes stays as it is, whatever its pixels look like', () => {
    const plain = Buffer.concat([soi, jfif, table, scan]);
    expect(withoutPlaces('image/jpeg', plain)?.equals(plain)).toBe(true);
  });

  it.each([
    ['cut short in its notes', Buffer.concat([soi, exif.subarray(0, 12)])],
    ['without pixels', Buffer.concat([soi, jfif, table])],
    ['something else', Buffer.from('<html>')],
    ['empty', Buffer.alloc(0)],
  ])('that is %s is not shown', (_name, bytes) => expect(withoutPlaces('image/jpeg', bytes)).toBeNull());
});

describe('a PNG', () => {
  const whole = [chunk('IHDR', Buffer.alloc(13)), chunk('IDAT', Buffer.from('pixels')), chunk('IEND', Buffer.alloc(0))];
  it('loses its notes as well', () => {
    const [head, data, end] = whole as [Buffer, Buffer, Buffer];
    const noted = png(head, chunk('eXIf', Buffer.from('GPS')), chunk('tEXt', Buffer.from('home')), data, end);
    expect(withoutPlaces('image/png', noted)?.equals(png(...whole))).toBe(true);
  });

  it('that is cut short is not shown', () => expect(withoutPlaces('image/png', png(...whole).subarray(0, 40))).toBeNull());
});

it('shows no other type', () => expect(withoutPlaces('image/heic', Buffer.from('x'))).toBeNull());
