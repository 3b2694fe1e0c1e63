import { bufferSource, detectEncoding } from './index.ts';

const detect = (...parts: (string | readonly number[])[]) =>
  detectEncoding(bufferSource(Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))))));

const gb = [0xd6, 0xd0, 0xce, 0xc4];

describe('detectEncoding', () => {
  it('tells the encodings of text apart', async () => {
    expect(await detect('id\n1\n')).toEqual({ format: 'csv', encoding: 'utf-8', bomBytes: 0, newline: '\n', firstBad: null });
    expect(await detect('\uFEFFid\n中\n')).toMatchObject({ encoding: 'utf-8', bomBytes: 3 });
    expect(await detect([0xff, 0xfe, 0x61, 0])).toMatchObject({ encoding: 'utf-16le', bomBytes: 2 });
    expect(await detect([0xfe, 0xff, 0, 0x61])).toMatchObject({ encoding: 'utf-16be' });
    expect(await detect('id\n', gb, '\n')).toMatchObject({ encoding: 'gb18030', firstBad: { offset: 3, line: 2 } });
    expect(await detect('id\r1\r')).toMatchObject({ newline: '\r' });
  });

  it('takes a character of GB18030 that looks like two-byte UTF-8 for what it is', async () => {
    // 模 is C4 A3: valid UTF-8 by itself.
    expect(await detect('id\n', [0xc4, 0xa3], '\n', gb, '\n')).toMatchObject({ encoding: 'gb18030', firstBad: { line: 3 } });
  });

  it('finds the first bad byte of a mixture', async () => {
    expect(await detect('id\n中文\n', 'ab', gb, '\n')).toMatchObject({ encoding: 'mixed', firstBad: { offset: 12, line: 3 } });
    expect(await detect('id\n', [0x61, 0xff], '\n')).toMatchObject({ encoding: 'mixed', firstBad: { offset: 4, line: 2 } });
    expect(await detect('\uFEFFid\n', gb, '\n')).toMatchObject({ encoding: 'mixed' });
  });

  it('refuses what is no text, saying what it is', async () => {
    await expect(detect('%PDF-1.7\n')).rejects.toMatchObject({ code: 'binary', detail: 'This is not a table but a PDF.' });
    await expect(detect([0x1f, 0x8b, 8, 0])).rejects.toThrow('gzip');
    await expect(detect([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])).rejects.toThrow('.xls');
    await expect(detect('id\n1\n', [0], '\n')).rejects.toMatchObject({ code: 'binary' });
    await expect(detect([0xff, 0xfe, 0x61])).rejects.toMatchObject({ code: 'encoding' });
    await expect(detect('')).rejects.toMatchObject({ code: 'empty' });
  });
});
